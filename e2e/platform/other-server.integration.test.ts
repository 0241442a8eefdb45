import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createConnector, openDatabase, type Run, readLog, type TestSource, triggerSync, untilEnded } from './source.ts'

/** Destination and platform are committed one after the other where they are on different servers: here a worker ends in between. */

const lock = 4_711
const [rows, rejected] = [500, 5]

let postgres: TestPostgres
let platform: Platform
let [source, destination, database]: TestSource[] = []
let release: () => Promise<void>
let tables = 0
let table: string

beforeAll(async () => {
  postgres = await startPostgres()
  platform = await startPlatform({ backend: 'postgres', postgres, env: { DESTINATION_URL: await postgres.createDatabase() } })
  source = await openDatabase(await postgres.createDatabase())
  destination = await openDatabase(platform.destinationUrl)
  database = await openDatabase(platform.databaseUrl)
  await database.query(
    `CREATE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(${lock}); RETURN NEW; END'`,
  )
})
afterAll(async () => {
  await Promise.all([source?.end(), destination?.end(), database?.end()])
  await platform?.stop()
  await postgres?.stop()
})
beforeEach(async () => {
  tables += 1
  table = `readings_${tables}`
  await source?.query(
    `CREATE TABLE ${table} AS SELECT i AS id, CASE WHEN i % ${rows / rejected} = 0 THEN 'none' ELSE i::text END AS value FROM generate_series(1, ${rows}) i`,
  )
  release = (await database?.holdLock(lock)) ?? release
})
afterEach(async () => {
  await release()
})

const place = {
  'before the destination has committed': 'CREATE TRIGGER hold BEFORE INSERT',
  'after the destination has committed': 'CREATE CONSTRAINT TRIGGER hold AFTER INSERT',
} as const

/** A run whose worker is killed at that place, as the operating system would. @returns its id */
const killAt = async (where: keyof typeof place): Promise<string> => {
  const deferred = where.startsWith('after') ? 'DEFERRABLE INITIALLY DEFERRED' : ''
  await database?.query(`${place[where]} ON platform.stream_commits ${deferred} FOR EACH ROW EXECUTE FUNCTION public.hold()`)
  const connector = await createConnector(platform, source as TestSource, {
    name: table,
    streams: [
      {
        name: table,
        source: { table: `public.${table}` },
        primaryKey: ['id'],
        rejectLimit: rejected,
        fields: [{ source: 'id' }, { source: 'value', type: 'integer' }],
      },
    ],
  })
  const id = await triggerSync(platform, connector)
  const waiting = `FROM pg_stat_activity WHERE wait_event = 'advisory' AND application_name = 'AIIA Data Refresh fence'`
  await expect.poll(() => database?.query(`SELECT pid ${waiting}`), { timeout: 30_000 }).toHaveLength(1)
  await platform.processes.worker.kill('SIGKILL')
  await database?.query(`SELECT pg_terminate_backend(pid) ${waiting}`)
  await database?.query('DROP TRIGGER hold ON platform.stream_commits')
  return id
}

const rejectedOf = async (id: string): Promise<number[]> => {
  const { jobRun } = await platform.graphql<{ jobRun: { rejectedRows: { edges: { node: { position: number } }[] } } }>(
    'query ($id: ID!) { jobRun(id: $id) { rejectedRows(first: 100) { edges { node { position } } } } }',
    { id },
  )
  return jobRun.rejectedRows.edges.map(({ node }) => node.position)
}

const expectEverything = async (run: Run): Promise<void> => {
  expect(run).toMatchObject({ status: 'COMPLETED', attempt: 2, counts: { read: rows, inserted: rows - rejected, rejected } })
  expect(await destination?.query(`SELECT count(*)::int AS rows FROM destination.${table}`)).toEqual([{ rows: rows - rejected }])
  expect(await rejectedOf(run.id)).toEqual(Array.from({ length: rejected }, (_, at) => ((at + 1) * rows) / rejected))
  expect(await database?.query('SELECT 1 FROM platform.commit_intents WHERE run_id = $1', [run.id])).toEqual([])
}

describe.each(Object.keys(place) as (keyof typeof place)[])('a worker that is killed %s', (where) => {
  test('leaves a run that a new attempt completes, with every rejected row once', async () => {
    const id = await killAt(where)
    await platform.processes.worker.restart()
    await expectEverything(await untilEnded(platform, id))
    const log = (await readLog(platform, id)).map(({ text }) => text).join('\n')
    expect(log.includes('was committed by attempt 1 already')).toBe(where.startsWith('after'))
  })

  test('leaves a run of which a cancel says that nobody knows what is committed', async () => {
    const id = await killAt(where)
    await platform.graphql('mutation ($id: ID!) { cancelJobRun(id: $id) { status } }', { id })
    await platform.processes.worker.restart()
    expect(await untilEnded(platform, id)).toMatchObject({ status: 'CANCELLED' })
    const log = (await readLog(platform, id)).map(({ text }) => text).join('\n')
    expect(log).toContain(`Whether "${table}" was committed is not known`)
    expect(log).not.toContain('No records of this run were committed')
  })
})
