/** A connection to the destination, with the settings that matching rows wants. */

import { cancelQuery } from '@aiia/pg-copy/cancel-query'
import pg from 'pg'
import { checkpointsTable } from './checkpoints.ts'
import { toDestinationError } from './errors.ts'
import { quote } from './identifiers.ts'
import { ledgerTable } from './ledger.ts'
import { streamStatesTable } from './stream-state.ts'

export type DestinationSession = {
  client: pg.Client
  /** Schema of the destination tables. */
  schema: string
  /** Schema of staging tables and the ledger. */
  staging: string
  /** How tables are made that end with their transaction. */
  scratch: 'TABLE' | 'UNLOGGED TABLE'
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<pg.QueryResult<R>>
  close(): Promise<void>
}

export type DestinationOptions = { url: string; schema: string; runId: string; attempt: number; signal: AbortSignal }

const settings = [
  'timezone=UTC',
  'work_mem=256MB',
  'maintenance_work_mem=256MB',
  'max_parallel_workers_per_gather=2',
  'lock_timeout=60s',
  'jit=off',
]

/** Schemas are made by whoever comes first. */
const advisoryLock = 7_241_946_002

/** @throws SyncError DESTINATION_UNAVAILABLE */
export const openDestination = async ({ url, schema, runId, attempt, signal }: DestinationOptions): Promise<DestinationSession> => {
  const name = `AIIA Data Refresh ${runId}`
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 20_000,
    // A peer that went without a word is noticed within half a minute, not after the system's two hours.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
  })
  // A lost connection rejects the query under way; without a listener it would also end the process.
  client.on('error', () => {})
  const stop = () => void cancelQuery(client)
  const session: DestinationSession = {
    client,
    schema,
    staging: `${schema}_staging`,
    scratch: 'UNLOGGED TABLE',
    query: async (sql, values = []) => {
      signal.throwIfAborted()
      return client.query(sql, values)
    },
    close: async () => {
      signal.removeEventListener('abort', stop)
      await client.end().catch(() => {})
    },
  }
  try {
    await client.connect()
    signal.addEventListener('abort', stop)
    if (attempt > 1) await endEarlierAttempts(session, name)
    return { ...session, scratch: await prepareSchemas(session) }
  } catch (error) {
    await session.close()
    throw toDestinationError(error, { step: 'CONNECT' })
  }
}

/** A worker that was presumed dead may still hold locks here; what it would commit is refused anyway. */
const endEarlierAttempts = async ({ query }: DestinationSession, name: string): Promise<void> => {
  await query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()', [name])
}

/**
 * With wal_level=minimal nothing of a table is logged in the transaction that makes it, so there an ordinary table costs
 * no more than an unlogged one. It survives more: of an unlogged table whose transaction is rolled back because the
 * server's first process was killed, files remain that keep that server from starting again (up to Postgres 18 at least).
 */
const prepareSchemas = async ({ query, schema, staging }: DestinationSession): Promise<DestinationSession['scratch']> => {
  const { rows } = await query<{ ready: boolean; scratch: DestinationSession['scratch'] }>(
    `SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass($1) AND attname = 'receipt') AND to_regclass($2) IS NOT NULL AND to_regnamespace($3) IS NOT NULL AS ready,
       CASE current_setting('wal_level') WHEN 'minimal' THEN 'TABLE' ELSE 'UNLOGGED TABLE' END AS scratch`,
    [`${quote(staging)}.ledger`, `${quote(staging)}.stream_states`, quote(schema)],
  )
  const { ready = false, scratch = 'UNLOGGED TABLE' } = rows[0] ?? {}
  if (ready) return scratch
  await query('SELECT pg_advisory_lock($1)', [advisoryLock])
  try {
    await query(`CREATE SCHEMA IF NOT EXISTS ${quote(schema)}`)
    await query(`CREATE SCHEMA IF NOT EXISTS ${quote(staging)}`)
    await query(ledgerTable(staging))
    await query(checkpointsTable(staging))
    await query(streamStatesTable(staging))
  } finally {
    await query('SELECT pg_advisory_unlock($1)', [advisoryLock])
  }
  return scratch
}
