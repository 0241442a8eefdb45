/** A source database of a test, and connectors on it. */

import type { Platform } from '@aiia/testkit/platform'
import pg from 'pg'
import { checksumOf, columnsOf } from './every-type.ts'

export type TestSource = {
  url: URL
  query<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>
  checksum(table: string): Promise<string>
  /** Keeps every reader of the table waiting until the function that it returns is called, for the first time; or whom the mode keeps. */
  hold(table: string, mode?: string): Promise<() => Promise<void>>
  /** Takes an advisory lock. */
  holdLock(key: number): Promise<() => Promise<void>>
  end(): Promise<void>
}

export const openDatabase = async (url: string): Promise<TestSource> => {
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  // An idle connection may be lost with its server; the next query takes a new one.
  pool.on('error', () => {})
  const query = async <R extends pg.QueryResultRow>(sql: string, values: unknown[] = []) => (await pool.query<R>(sql, values)).rows
  const holdWith = async (sql: string) => {
    const client = await pool.connect()
    await client.query(`BEGIN; ${sql}`)
    let held = true
    return async () => {
      if (!held) return
      held = false
      await client.query('ROLLBACK')
      client.release()
    }
  }
  return {
    url: new URL(url),
    query,
    checksum: async (table) => {
      const [found] = await query<{ columns: string }>(columnsOf(table))
      return (await query<{ checksum: string }>(checksumOf(table, found?.columns ?? '')))[0]?.checksum ?? ''
    },
    hold: (table, mode = 'ACCESS EXCLUSIVE') => holdWith(`LOCK TABLE ${table} IN ${mode} MODE`),
    holdLock: (key) => holdWith(`SELECT pg_advisory_xact_lock(${key})`),
    end: () => pool.end(),
  }
}

type StreamInput = {
  name: string
  source: unknown
  mode?: string
  primaryKey?: string[]
  cursorField?: string
  cursorOverlap?: number
  rejectLimit?: number
  destinationTable?: string
  chunking?: { rows: number }
  fields?: object[]
}
type ConnectorOptions = {
  name: string
  /** `postgres` by default. */
  kind?: string
  streams: StreamInput[]
  settings?: object
  password?: string
  limits?: object
  schedule?: object
}

export const createConnector = async (
  platform: Platform,
  { url }: Pick<TestSource, 'url'>,
  { name, kind = 'postgres', streams, settings, password, limits, schedule }: ConnectorOptions,
): Promise<string> => {
  const { createConnector: connector } = await platform.graphql<{ createConnector: { id: string } }>(
    'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }',
    {
      input: {
        name,
        kind,
        settings: {
          host: url.hostname,
          port: Number(url.port),
          database: url.pathname.slice(1),
          user: url.username,
          tls: 'disable',
          ...settings,
        },
        credentials: { password: password ?? decodeURIComponent(url.password) },
        streams,
        limits,
        schedule,
      },
    },
  )
  return connector.id
}

export type Run = {
  id: string
  number: number
  status: string
  attempt: number
  revision: number
  lastLogSeq: number
  counts: Record<'read' | 'rejected' | 'superseded' | 'inserted' | 'updated' | 'unchanged' | 'deleted' | 'ingested', number>
  failure: { code: string; message: string; rootCause: string; resolution: string } | null
}

export const runFields = `id number status attempt revision lastLogSeq
  counts { read rejected superseded inserted updated unchanged deleted ingested } failure { code message rootCause resolution }`

/** @param idempotencyKey makes a trigger that is repeated return the first run */
export const triggerSync = async (platform: Platform, connectorId: string, idempotencyKey?: string): Promise<string> => {
  const { triggerSync: run } = await platform.graphql<{ triggerSync: { id: string } }>(
    'mutation ($id: ID!, $key: String) { triggerSync(connectorId: $id, idempotencyKey: $key) { id } }',
    { id: connectorId, key: idempotencyKey },
  )
  return run.id
}

/** Every state of a run that a subscriber sees, up to the final one. */
export async function* watchRun(platform: Platform, id: string): AsyncGenerator<Run> {
  const events = platform.subscribe<{ jobRunUpdated: Run }>(`subscription ($id: ID!) { jobRunUpdated(id: $id) { ${runFields} } }`, { id })
  for await (const { jobRunUpdated: run } of events) {
    yield run
    if (run.status !== 'PENDING' && run.status !== 'RUNNING') return
  }
}

/** @returns the run as it ended */
export const untilEnded = async (platform: Platform, id: string): Promise<Run> => {
  let last: Run | undefined
  for await (const run of watchRun(platform, id)) last = run
  if (last === undefined) throw new Error('The subscription told nothing.')
  return last
}

export const sync = async (platform: Platform, connectorId: string): Promise<Run> =>
  untilEnded(platform, await triggerSync(platform, connectorId))

export type Line = { seq: number; level: string; text: string }

/** The whole log from the store. */
export const readLog = async (platform: Platform, id: string): Promise<Line[]> => {
  const { jobRun } = await platform.graphql<{ jobRun: { logs: { lines: Line[] } } }>(
    'query ($id: ID!) { jobRun(id: $id) { logs(first: 1000) { lines { seq level text } } } }',
    { id },
  )
  return jobRun.logs.lines
}
