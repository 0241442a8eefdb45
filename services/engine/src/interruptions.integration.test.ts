import type { Source } from '@aiia/core/sync/source'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type CommitGuard, LeaseLostError } from './commit-guard.ts'
import { openSyncFixture, type SyncFixture } from './testing/sync-fixture.ts'

let server: TestPostgres
let fixture: SyncFixture
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server?.stop())
beforeEach(async () => {
  fixture = await openSyncFixture(server)
  await fixture.source.query(
    `CREATE TABLE items (id int PRIMARY KEY, pad text); INSERT INTO items SELECT i, repeat('x', 200) FROM generate_series(1, 1000) i`,
  )
})
afterEach(() => fixture.close())

const items = { name: 'items', source: { table: 'public.items' } }
const destinationRows = () => fixture.rows(fixture.destination, 'destination.items')
const backends = async (application: string): Promise<number> =>
  (await fixture.destination.query('SELECT FROM pg_stat_activity WHERE application_name LIKE $1', [application])).rowCount ?? 0
const kill = (application: string) =>
  fixture.destination.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE $1', [application])
const [sourceName, destinationName] = ['AIIA Data Refresh', 'AIIA Data Refresh run-%']

/** Does something after the first piece of an extract, and then waits for what must break it, or for the source's own end. */
const afterFirstPiece =
  (work: () => Promise<unknown>) =>
  (source: Source): Source => ({
    ...source,
    extract: async function* (stream, shape, range) {
      let first = true
      for await (const piece of source.extract(stream, shape, range)) {
        yield piece
        if (first) await work()
        first = false
      }
    },
  })

/** The destination is as it was, and nothing of the run is left at either side. */
const expectNothingOf = async (before: string[]) => {
  await expect.poll(() => backends(sourceName)).toBe(0)
  await expect.poll(() => backends(destinationName)).toBe(0)
  expect(await destinationRows()).toEqual(before)
  expect(await fixture.leftOvers()).toEqual([])
}

/** So much that no buffer on the way holds the rest of it. */
const grow = () => fixture.source.query(`INSERT INTO items SELECT i, repeat(md5(i::text), 30) FROM generate_series(1001, 60000) i`)

test('an abort during the extract ends both queries, and the destination stays as it was', async () => {
  await fixture.sync([items])
  const before = await destinationRows()
  await grow()
  const abort = new AbortController()
  const run = fixture.sync([items], { signal: abort.signal, through: afterFirstPiece(async () => abort.abort()) })
  await expect(run).rejects.toBeInstanceOf(Error)
  await expectNothingOf(before)
})

test('an abort ends a query that has not given a row yet', async () => {
  const abort = new AbortController()
  const run = fixture.sync([{ name: 'items', source: { sql: 'SELECT pg_sleep(3600)::text AS id' } }], { signal: abort.signal })
  const ended = expect(run).rejects.toBeInstanceOf(Error)
  await expect
    .poll(
      async () =>
        (await fixture.source.query(`SELECT FROM pg_stat_activity WHERE query LIKE 'COPY%pg_sleep%' AND state = 'active'`)).rowCount,
    )
    .toBe(1)
  abort.abort()
  await ended
  await expect.poll(() => backends(sourceName)).toBe(0)
  expect(await fixture.leftOvers()).toEqual([])
})

test('a source that breaks off in mid-stream is its failure, and the destination stays as it was', async () => {
  await fixture.sync([items])
  const before = await destinationRows()
  await grow()
  const run = fixture.sync([items], { through: afterFirstPiece(() => kill(sourceName)) })
  await expect(run).rejects.toMatchObject({ name: 'SyncError', code: expect.stringMatching(/^(CONNECTION_LOST|SOURCE_UNAVAILABLE)$/) })
  await expectNothingOf(before)
})

test('a destination that breaks off in mid-stream is told as such, and stays as it was', async () => {
  await fixture.sync([items])
  const before = await destinationRows()
  await grow()
  const run = fixture.sync([items], { through: afterFirstPiece(() => kill(destinationName)) })
  await expect(run).rejects.toMatchObject({ name: 'SyncError', code: 'DESTINATION_UNAVAILABLE' })
  await expectNothingOf(before)
})

test.each([
  ['first fill', false],
  ['refresh', true],
])('a %s that lost its run commits nothing', async (_what, filled) => {
  if (filled) await fixture.sync([items])
  else await fixture.sync([{ ...items, source: { sql: 'SELECT * FROM items WHERE false' }, primaryKey: ['id'] }])
  const before = await destinationRows()
  await fixture.source.query(`UPDATE items SET pad = 'other'; DELETE FROM items WHERE id < 10`)
  const refuse: CommitGuard = async () => {
    throw new LeaseLostError('It is somebody else’s.')
  }
  await expect(fixture.sync([items], { guard: refuse })).rejects.toThrow(LeaseLostError)
  await expectNothingOf(before)
})

test('a stream that an earlier attempt has committed is not done again, and counts', async () => {
  const others = { name: 'others', source: { table: 'public.others' } }
  const failing = fixture.sync([items, { ...others, source: { sql: 'SELECT 1 / (i - 3) AS id FROM generate_series(1, 5) i' } }], {
    runId: 'run',
    attempt: 1,
  })
  await expect(failing).rejects.toMatchObject({ code: 'INVALID_QUERY' })
  await fixture.source.query(`CREATE TABLE others (id int PRIMARY KEY); INSERT INTO others VALUES (1), (2); DELETE FROM items`)
  expect(await fixture.sync([items, others], { runId: 'run', attempt: 2 })).toMatchObject({ read: 1_002, inserted: 1_002 })
  expect(fixture.told.lines).toContainEqual(['INFO', 'Stream "items" was committed by attempt 1 already; it is not done again.'])
  const last = new Map(fixture.told.steps.map((step) => [`${step.stream} ${step.kind}`, step.status]))
  expect([last.get('items EXTRACT'), last.get('items COMMIT'), last.get('others COMMIT')]).toEqual(['SKIPPED', 'SKIPPED', 'COMPLETED'])
  expect(await destinationRows()).toHaveLength(1_000)
})

test('a commit whose answer was lost is found by the next attempt', async () => {
  const loseAnswer: CommitGuard = async (_transaction, commit) => {
    await commit()
    throw new Error('The answer was lost.')
  }
  await expect(fixture.sync([items], { runId: 'run', attempt: 1, guard: loseAnswer })).rejects.toThrow('The answer was lost.')
  expect(await fixture.sync([items], { runId: 'run', attempt: 2 })).toMatchObject({ read: 1_000, inserted: 1_000 })
  expect(await destinationRows()).toHaveLength(1_000)
})
