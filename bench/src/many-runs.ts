/** A platform that has been at work for a year: many connectors, and many runs of them with steps and logs. */

import type { Platform } from '@aiia/testkit/platform'
import pg from 'pg'
import { addLogLines, asReplica } from './log-lines.ts'

export type ManyRuns = { connectors: number; runs: number; logLines: number }

/** A share of the runs has failed, as some do. */
const [failedEvery, cancelledEvery] = [13, 97]

/**
 * Runs one connector once, and takes that run as the pattern of all others: their rows are those that the platform itself
 * writes. One run in the middle gets a long log.
 *
 * @returns the number of the run with the long log, and the id of its connector in GraphQL
 */
export const makeManyRuns = async (
  platform: Platform,
  sourceUrl: string,
  { connectors, runs, logLines }: ManyRuns,
): Promise<{ number: number; connectorId: string }> => {
  const ids: string[] = []
  for (let at = 0; at < connectors; at += 1) ids.push(await createConnector(platform, sourceUrl, at))
  const connectorId = ids[0] ?? ''
  const number = await runOnce(platform, connectorId)
  const database = new pg.Client({ connectionString: platform.databaseUrl })
  await database.connect()
  try {
    await asReplica(database)
    await copyRun(database, { number, runs })
    await addLogLines(database, number, logLines)
    await database.query('ANALYZE')
  } finally {
    await database.end()
  }
  return { number, connectorId }
}

const createConnector = async (platform: Platform, sourceUrl: string, at: number): Promise<string> => {
  const { hostname, port, pathname, username, password } = new URL(sourceUrl)
  const input = {
    name: `Connector ${String(at).padStart(3, '0')}`,
    kind: 'postgres',
    settings: { host: hostname, port: Number(port), database: pathname.slice(1), user: username, tls: 'disable' },
    credentials: { password },
    streams: [{ name: `items_${at}`, source: { sql: 'SELECT i AS id FROM generate_series(1, 10) i' } }],
    schedule: { cron: '0 3 * * *' },
  }
  const { createConnector: made } = await platform.graphql<{ createConnector: { id: string } }>(
    'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }',
    { input },
  )
  return made.id
}

const runOnce = async (platform: Platform, connectorId: string): Promise<number> => {
  const events = platform.subscribe<{ jobRunUpdated: { number: number; status: string } }>(
    'subscription ($connectorId: ID!) { jobRunUpdated(connectorId: $connectorId) { number status } }',
    { connectorId },
  )
  await platform.graphql('mutation ($id: ID!) { triggerSync(connectorId: $id) { id } }', { id: connectorId })
  for await (const { jobRunUpdated } of events) if (jobRunUpdated.status === 'COMPLETED') return jobRunUpdated.number
  throw new Error('The run did not complete.')
}

const failure = {
  code: 'CONNECTION_TIMEOUT',
  message: 'The source did not answer within 20 s.',
  rootCause: 'Nothing answers at that address.',
  resolution: 'Check the address and the network on the way to it.',
  retryable: true,
  step: 'CONNECT',
  stream: null,
  trace: null,
  reference: null,
}

/** Over the last year, in turn of every connector, with all that belongs to the run. */
const copyRun = async (database: pg.Client, { number, runs }: { number: number; runs: number }): Promise<void> => {
  await database.query(
    `CREATE TEMP TABLE copies AS
     SELECT gen_random_uuid()::text AS id, i, now() - interval '1 year' * (1 - i / ${runs}::float8) AS at,
       (SELECT array_agg(id ORDER BY name) FROM platform.connectors) AS connectors,
       CASE WHEN i % ${cancelledEvery} = 0 THEN 'CANCELLED' WHEN i % ${failedEvery} = 0 THEN 'FAILED' ELSE 'COMPLETED' END AS status
     FROM generate_series(1, ${runs - 1}) i`,
  )
  await database.query(
    `INSERT INTO platform.job_runs SELECT (jsonb_populate_record(r, jsonb_build_object('id', c.id, 'number', r.number + c.i, 'status', c.status,
       'connector_id', c.connectors[1 + c.i % array_length(c.connectors, 1)], 'idempotency_key', NULL, 'queued_at', c.at, 'available_at', c.at,
       'started_at', c.at, 'finished_at', c.at + interval '1 second' * (1 + c.i % 300), 'read', c.i % 100000, 'inserted', c.i % 100000,
       'failure', CASE WHEN c.status = 'FAILED' THEN $2::jsonb END))).*
     FROM platform.job_runs r, copies c WHERE r.number = $1`,
    [number, failure],
  )
  for (const table of ['job_steps', 'log_lines', 'job_run_transitions', 'stream_commits'])
    await database.query(
      `INSERT INTO platform.${table} SELECT (jsonb_populate_record(t, jsonb_build_object('run_id', c.id))).*
       FROM copies c, platform.job_runs r JOIN platform.${table} t ON t.run_id = r.id WHERE r.number = $1`,
      [number],
    )
  await database.query(`SELECT setval(pg_get_serial_sequence('platform.job_runs', 'number'), max(number)) FROM platform.job_runs`)
}
