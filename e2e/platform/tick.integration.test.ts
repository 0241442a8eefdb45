import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector, openDatabase, type TestSource } from './source.ts'

const connectors = 1_000

let platform: Platform
let source: TestSource
let database: TestSource
beforeAll(async () => {
  platform = await startPlatform({ backend: 'postgres', schedulers: 2 })
  source = await openDatabase(await platform.postgres.createDatabase())
  database = await openDatabase(platform.databaseUrl)
  // What is counted here is made by the daemons; the runs may wait.
  await platform.processes.worker.kill('SIGTERM')
})
afterAll(async () => {
  await source?.end()
  await database?.end()
  await platform?.stop()
})

const many = async (sql: string) => (await database.query<{ many: string }>(sql)).map((row) => Number(row.many))[0]
const runs = () => many('SELECT count(*) AS many FROM platform.job_runs')

/** As if somebody had made the same connector a thousand times. */
const copyConnector = async (name: string) => {
  await database.query(
    `INSERT INTO platform.connectors (id, name, kind, settings, credentials_sealed)
     SELECT 'copy-' || i, $1 || ' ' || i, kind, settings, credentials_sealed FROM platform.connectors, generate_series(2, ${connectors}) i WHERE name = $1`,
    [name],
  )
  await database.query(
    `INSERT INTO platform.schedules (connector_id, cron, time_zone, next_at)
     SELECT c.id, s.cron, s.time_zone, s.next_at FROM platform.schedules s, platform.connectors c WHERE c.id LIKE 'copy-%'`,
  )
}

test('a thousand connectors due at once, two daemons, one killed at the tick: a thousand runs, each once', {
  timeout: 150_000,
}, async () => {
  const id = await createConnector(platform, source, { name: 'Due', streams: [{ name: 'due', source: { sql: 'SELECT 1 AS id' } }] })
  await platform.graphql('mutation ($id: ID!) { updateConnector(id: $id, input: { schedule: { cron: "0 2 * * *" } }) { id } }', { id })
  await copyConnector('Due')
  await database.query('UPDATE platform.schedules SET next_at = now()')
  await expect.poll(runs, { timeout: 30_000 }).toBeGreaterThan(0)
  await platform.processes.scheduler.kill('SIGKILL')
  await expect.poll(runs, { timeout: 100_000 }).toBe(connectors)
  const overdue = 'SELECT count(*) AS many FROM platform.schedules WHERE next_at <= now()'
  expect(await many(overdue)).toBe(0)
  expect(await many('SELECT count(DISTINCT connector_id) AS many FROM platform.job_runs')).toBe(connectors)
  expect(await many('SELECT count(*) AS many FROM platform.schedule_slots WHERE run_id IS NOT NULL')).toBe(connectors)
})
