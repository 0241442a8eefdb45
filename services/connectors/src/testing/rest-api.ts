/** A JSON API and what the kind `http` reads of it, for its tests. */

import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { ExtractRequest, Source, SourceAccess, StreamShape } from '@aiia/core/sync/source'
import { startRestServer, type TestRestServer } from '@aiia/testkit/rest-server'
import { httpDriver } from '../http/driver.ts'
import { collectRows } from './collected-rows.ts'
import { extractAll } from './extract.ts'
import { accessTo, streamOf } from './source-access.ts'

export type Changes = Partial<Omit<SourceAccess, 'settings'>> & { settings?: object }

/** @property rows all values as text, whatever their types are in the end */
type Read = { shape: StreamShape; rows: (string | null)[][] }

export type RestApi = {
  server: TestRestServer
  /** What the source has written into the run's log. */
  logged: string[]
  access(changes?: Changes): SourceAccess
  withSource<T>(work: (source: Source) => Promise<T>, changes?: Changes): Promise<T>
  readAll(source: object, changes?: Changes, since?: ExtractRequest['since']): Promise<Read>
}

export const startRestApi = async (): Promise<RestApi> => {
  const server = await startRestServer()
  const logged: string[] = []
  const access: RestApi['access'] = ({ settings, ...changes } = {}) => ({
    ...accessTo(server.url),
    credentials: null,
    log: (level, message) => void logged.push(`${level} ${message}`),
    ...changes,
    settings: { baseUrl: server.url, ...settings },
  })
  const withSource: RestApi['withSource'] = async (work, changes) => {
    const source = await httpDriver.open(access(changes))
    try {
      return await work(source)
    } finally {
      await source.close()
    }
  }
  const readAll: RestApi['readAll'] = (source, changes, since = null) =>
    withSource(async (opened) => {
      const shape = await opened.describe(stream(source))
      const rows = collectRows(shape.columns.length)
      await extractAll(opened, stream(source), shape, { rows, since })
      return { shape, rows: rows.collected }
    }, changes)
  return { server, logged, access, withSource, readAll }
}

export const stream = (source: object, changes: Partial<StreamConfiguration> = {}): StreamConfiguration => ({
  ...streamOf(source),
  ...changes,
})

export const orders = (count: number) => Array.from({ length: count }, (_, id) => ({ id, name: `order ${id}` }))

/** The rows that they become. */
export const ordersAsRows = (count: number): string[][] => orders(count).map(({ id, name }) => [String(id), name])
