/** What a driver is given in the tests: a server of the test's own, and nothing forbidden. */

import { type StreamConfiguration, streamDefaults } from '@aiia/core/sync/configuration'
import type { SourceAccess } from '@aiia/core/sync/source'

/** @param changes to the settings that `url` stands for, or to the rest */
export const accessTo = (
  url: string,
  { settings, ...changes }: Partial<Omit<SourceAccess, 'settings'>> & { settings?: object } = {},
): SourceAccess => {
  const { hostname, port, pathname, username, password } = new URL(url)
  return {
    settings: { host: hostname, port: Number(port), database: pathname.slice(1), user: username, tls: 'disable', ...settings },
    credentials: { password: decodeURIComponent(password) },
    connectTimeoutMs: 10_000,
    targets: { refusal: () => null },
    signal: new AbortController().signal,
    log: () => {},
    ...changes,
  }
}

export const streamOf = (source: unknown): StreamConfiguration => ({
  name: 'stream',
  source,
  mode: 'FULL_REFRESH',
  primaryKey: null,
  destinationTable: 'stream',
  rejectLimit: 0,
  ...streamDefaults,
})
