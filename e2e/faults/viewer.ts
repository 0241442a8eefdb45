/** Somebody who watches one run on a connection of their own, and comes back when it is lost, as the console does. */

import { setTimeout as wait } from 'node:timers/promises'
import type { Platform } from '@aiia/testkit/platform'
import { createSubscriber } from '@aiia/testkit/subscriber'
import { type Line, type Run, runFields } from '../platform/source.ts'

export type Viewer = {
  runId: string
  /** What it was shown, in that order. */
  states: Run[]
  lines: Line[]
  /** Settles when the run's end and its whole log were shown. */
  done: Promise<void>
  close(): Promise<void>
}

const comeBackAfterMs = 100
const watchState = `subscription ($id: ID!) { jobRunUpdated(id: $id) { ${runFields} } }`
const watchLog = 'subscription ($id: ID!, $afterSeq: Int) { jobRunLogs(id: $id, afterSeq: $afterSeq) { lines { seq level text } } }'

export const openViewer = ({ url, token }: Pick<Platform, 'url' | 'token'>, runId: string): Viewer => {
  const { subscribe, close } = createSubscriber(url, token, { reconnect: false })
  const states: Run[] = []
  const lines: Line[] = []
  let closed = false

  /** @param watch true when there is nothing more to see */
  const stay = async (watch: () => Promise<boolean>): Promise<void> => {
    while (!closed) {
      if (await watch().catch(() => false)) return
      await wait(comeBackAfterMs)
    }
  }
  const state = stay(async () => {
    for await (const { jobRunUpdated } of subscribe<{ jobRunUpdated: Run }>(watchState, { id: runId })) {
      states.push(jobRunUpdated)
      if (isFinal(jobRunUpdated)) return true
    }
    return false
  })
  const log = stay(async () => {
    const afterSeq = lines.at(-1)?.seq ?? 0
    for await (const batch of subscribe<{ jobRunLogs: { lines: Line[] } }>(watchLog, { id: runId, afterSeq })) {
      lines.push(...batch.jobRunLogs.lines)
    }
    // The server ends it when all was shown.
    return true
  })
  return {
    runId,
    states,
    lines,
    done: Promise.all([state, log]).then(() => {}),
    close: async () => {
      closed = true
      await close()
    },
  }
}

export const isFinal = ({ status }: Pick<Run, 'status'>): boolean => status !== 'PENDING' && status !== 'RUNNING'
