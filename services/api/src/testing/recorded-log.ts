/** A log that keeps what it is told, unredacted, so that tests can search it. */

import { inspect } from 'node:util'
import type { Logger } from '@aiia/kit/logger'

export type RecordedLog = { log: Logger; text(): string }

export const recordLog = (): RecordedLog => {
  const entries: unknown[][] = []
  const record = (...entry: unknown[]): void => void entries.push(entry)
  const log = { debug: record, info: record, warn: record, error: record, fatal: record, child: () => log }
  return {
    log: log as unknown as Logger,
    text: () => entries.map((entry) => inspect(entry, { depth: 20, maxStringLength: null, maxArrayLength: null })).join('\n'),
  }
}
