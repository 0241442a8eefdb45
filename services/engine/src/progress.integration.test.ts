import type { RecordCounts } from '@aiia/core/job-run/counts'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openSyncFixture, type SyncFixture } from './testing/sync-fixture.ts'

let server: TestPostgres
let fixture: SyncFixture
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server?.stop())
beforeEach(async () => {
  fixture = await openSyncFixture(server)
})
afterEach(() => fixture.close())

const numbers = (name: string, rows: number) => ({
  name,
  source: { sql: `SELECT i AS id, repeat('x', 300) AS pad FROM generate_series(1, ${rows}) i` },
  primaryKey: ['id'],
})
const grown = ['read', 'rejected', 'superseded', 'inserted', 'updated', 'unchanged', 'deleted', 'bytes'] as const
const expectGrowth = (told: readonly RecordCounts[]) => {
  for (const [index, counts] of told.entries()) {
    for (const name of grown) expect(counts[name], `${name} at ${index}`).toBeGreaterThanOrEqual(told[index - 1]?.[name] ?? 0)
  }
}
const lastOf = (kind: string, stream: string | null) => fixture.told.steps.findLast((step) => step.kind === kind && step.stream === stream)

test('the counts of several streams only grow, and end as the total that is returned', async () => {
  const counts = await fixture.sync([numbers('a', 30_000), numbers('b', 20_000), numbers('c', 0)])
  expect(counts).toMatchObject({ read: 50_000, inserted: 50_000, expected: expect.any(Number) })
  expect(fixture.told.counts.at(-1)).toEqual(counts)
  expectGrowth(fixture.told.counts)
})

test('the counts of a refresh with every outcome only grow as well', async () => {
  await fixture.sync([numbers('a', 1_000)])
  const sql = `SELECT CASE WHEN i % 100 = 0 THEN NULL ELSE i % 600 + 500 END AS id, CASE WHEN i % 2 = 0 THEN repeat('x', 300) END AS pad FROM generate_series(1, 1200) i`
  const counts = await fixture.sync([{ ...numbers('a', 0), source: { sql }, rejectLimit: 100 }])
  for (const name of grown) expect(counts[name], name).toBeGreaterThan(0)
  expect(fixture.told.counts.at(-1)).toEqual(counts)
  expectGrowth(fixture.told.counts)
})

test('rows are expected before the first is read, and stay so', async () => {
  await fixture.sync([numbers('a', 4_000), numbers('b', 2_000)])
  expect(new Set(fixture.told.counts.map(({ expected }) => expected))).toEqual(new Set([6_000]))
  expect(fixture.told.counts[0]?.read).toBe(0)
})

test('where one stream cannot tell its size, none is told for the run', async () => {
  await fixture.source.query('CREATE TABLE never_analyzed (id int PRIMARY KEY)')
  const counts = await fixture.sync([numbers('a', 10), { name: 'never_analyzed', source: { table: 'public.never_analyzed' } }])
  expect(counts.expected).toBeNull()
})

test('once a stream that cannot tell its size is read, the rest of the run is expected', async () => {
  await fixture.source.query('CREATE TABLE never_analyzed AS SELECT i AS id FROM generate_series(1, 7) i')
  const counts = await fixture.sync([{ name: 'never_analyzed', source: { table: 'public.never_analyzed' } }, numbers('a', 10)])
  expect(counts.expected).toBe(17)
  expect(fixture.told.counts.map(({ expected, read }) => expected === null && read > 7)).not.toContain(true)
  expect(fixture.told.counts[0]?.expected).toBeNull()
})

test('counts are told while rows flow, not at the end only', async () => {
  await fixture.sync([numbers('a', 300_000)])
  const during = fixture.told.counts.filter(({ read, inserted }) => read > 0 && read < 300_000 && inserted === 0)
  expect(during.length).toBeGreaterThan(0)
})

test('a step says what went through it, when it began and when it ended', async () => {
  await fixture.sync([numbers('a', 1_234)])
  expect(lastOf('DISCOVER', 'a')).toMatchObject({ detail: '2 columns' })
  expect(lastOf('EXTRACT', 'a')).toMatchObject({ read: 1_234, detail: '1,234 rows read' })
  expect(lastOf('VALIDATE', 'a')).toMatchObject({ read: 1_234 })
  expect(lastOf('MATCH', 'a')).toMatchObject({ read: 1_234, detail: '1,234 inserted' })
  const ended = fixture.told.steps.filter(({ status }) => status === 'COMPLETED')
  expect(ended).toHaveLength(6)
  for (const { startedAt, finishedAt } of ended) expect(Number(finishedAt)).toBeGreaterThanOrEqual(Number(startedAt ?? Number.NaN))
})

test('the step at which a run failed stays RUNNING, and those after it PENDING', async () => {
  const nameless = { name: 'b', source: { sql: 'SELECT NULL::int AS id' }, primaryKey: ['id'] }
  await expect(fixture.sync([numbers('a', 5), nameless, numbers('c', 5)])).rejects.toMatchObject({
    code: 'ROWS_REJECTED',
    place: { step: 'VALIDATE', stream: 'b' },
  })
  const statuses = (stream: string) => ['DISCOVER', 'EXTRACT', 'VALIDATE', 'MATCH', 'COMMIT'].map((kind) => lastOf(kind, stream)?.status)
  expect(lastOf('CONNECT', null)?.status).toBe('COMPLETED')
  expect(statuses('a')).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED', 'COMPLETED', 'COMPLETED'])
  expect(statuses('b')).toEqual(['COMPLETED', 'COMPLETED', 'RUNNING', 'PENDING', 'PENDING'])
  expect(statuses('c')).toEqual(['COMPLETED', 'PENDING', 'PENDING', 'PENDING', 'PENDING'])
})

test('of many rejected rows a thousand are kept, and all are counted', async () => {
  const sql = 'SELECT NULLIF(i, i)::int AS id, i AS n FROM generate_series(1, 2500) i UNION ALL SELECT 1, 1'
  const counts = await fixture.sync([{ name: 'a', source: { sql }, primaryKey: ['id'], rejectLimit: 2_500 }])
  expect(counts).toMatchObject({ read: 2_501, rejected: 2_500, inserted: 1 })
  expect(fixture.told.rejected).toHaveLength(1_000)
  expect(fixture.told.rejected.map(({ position }) => position)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1))
})

test('as many rejected rows as are tolerated pass, one more does not', async () => {
  const stream = { name: 'a', source: { sql: 'SELECT NULLIF(i, 2) AS id FROM generate_series(1, 3) i' }, primaryKey: ['id'] }
  expect(await fixture.sync([{ ...stream, rejectLimit: 1 }])).toMatchObject({ rejected: 1, inserted: 2 })
  await expect(fixture.sync([{ ...stream, rejectLimit: 0 }])).rejects.toMatchObject({ code: 'ROWS_REJECTED' })
  expect(fixture.told.rejected).toHaveLength(1)
})
