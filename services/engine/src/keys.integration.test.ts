import type { Source } from '@aiia/core/sync/source'
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

const stored = async (columns: string) =>
  (await fixture.destination.query({ text: `SELECT ${columns} FROM destination.items ORDER BY 1, 2`, rowMode: 'array' })).rows

test('of rows that share the key the later one wins, the others are counted and told', async () => {
  const sql = `SELECT i % 10 AS id, i AS version FROM generate_series(1, 100) i`
  const stream = { name: 'items', source: { sql }, primaryKey: ['id'] }
  expect(await fixture.sync([stream])).toMatchObject({ read: 100, inserted: 10, superseded: 90 })
  expect(await stored('id, version')).toEqual(Array.from({ length: 10 }, (_, id) => [id, id === 0 ? 100 : 90 + id]))
  expect(fixture.told.lines.filter(([level]) => level === 'WARN')).toEqual([
    ['WARN', expect.stringContaining('90 rows have a primary key')],
  ])
  expect(await fixture.sync([stream])).toMatchObject({ read: 100, unchanged: 10, superseded: 90, inserted: 0 })
})

test('rows that share the key end the run where that is forbidden, and the keys are shown', async () => {
  const sql = `SELECT i % 50 AS id, CASE WHEN i % 50 < 5 THEN 'x' ELSE i::text END AS part FROM generate_series(0, 99) i`
  const stream = { name: 'items', source: { sql }, primaryKey: ['id', 'part'], duplicates: 'FORBID' as const }
  await expect(fixture.sync([stream])).rejects.toMatchObject({
    code: 'DUPLICATE_KEY',
    message:
      'Stream "items" has rows that share a primary key (id, part), which it forbids: (0, x) in 2 rows; (1, x) in 2 rows; (2, x) in 2 rows; and 2 keys more.',
    place: { step: 'VALIDATE', stream: 'items' },
  })
  expect(await fixture.leftOvers()).toEqual([])
  const none = { ...stream, source: { sql: `${sql} WHERE i < 50` } }
  expect(await fixture.sync([none])).toMatchObject({ read: 50, inserted: 50, superseded: 0 })
})

test('rows without a key are rejected with their place, and more of them than tolerated end the run', async () => {
  const sql = `SELECT CASE WHEN i IN (3, 7) THEN NULL ELSE i END AS id, 'part' AS part FROM generate_series(1, 10) i`
  const stream = { name: 'items', source: { sql }, primaryKey: ['id', 'part'] }
  await expect(fixture.sync([stream])).rejects.toMatchObject({
    code: 'ROWS_REJECTED',
    message: expect.stringContaining('The first: row 3, column "id"'),
  })
  expect(await fixture.leftOvers()).toEqual([])
  expect(await fixture.sync([{ ...stream, rejectLimit: 2 }])).toMatchObject({ read: 10, inserted: 8, rejected: 2 })
  expect(fixture.told.rejected).toMatchObject([
    { stream: 'items', position: 3, column: 'id', key: 'NULL, part' },
    { stream: 'items', position: 7, column: 'id' },
  ])
})

test('rows without a key and rows that share one are both dealt with', async () => {
  const sql = `SELECT * FROM (VALUES (1, 'a'), (NULL, 'b'), (1, 'c'), (2, 'd'), (NULL, 'e')) AS t (id, name)`
  const counts = await fixture.sync([{ name: 'items', source: { sql }, primaryKey: ['id'], rejectLimit: 5 }])
  expect(counts).toMatchObject({ read: 5, inserted: 2, superseded: 1, rejected: 2 })
  expect(await stored('id, name')).toEqual([
    [1, 'c'],
    [2, 'd'],
  ])
})

test('a key of several columns in another order than the source’s, with names that need quotes, matches the same rows', async () => {
  await fixture.source.query(`CREATE TABLE items ("Buchungskreis" text, "Beleg Nr." int, "select" text, PRIMARY KEY ("Buchungskreis", "Beleg Nr."));
    INSERT INTO items SELECT 'Ä' || i % 3, i, 'x' FROM generate_series(1, 30) i`)
  const stream = { name: 'items', source: { table: 'public.items' }, primaryKey: ['Beleg Nr.', 'Buchungskreis'] }
  expect(await fixture.sync([stream])).toMatchObject({ inserted: 30 })
  await fixture.source.query(`UPDATE items SET "select" = 'y' WHERE "Beleg Nr." = 7`)
  expect(await fixture.sync([stream])).toMatchObject({ updated: 1, unchanged: 29 })
})

test('keys of text are told apart by every character', async () => {
  await fixture.source.query(`CREATE TABLE items (id text PRIMARY KEY, n int)`)
  await fixture.source.query(`INSERT INTO items SELECT id, 1 FROM unnest($1::text[]) id`, [
    ['a', 'A', 'ä', 'a\u0308', ' a', 'a ', '', '🙂', 'ß', 'ss', 'I', 'ı', '%', "'", '\\', 'a\nb'],
  ])
  const stream = { name: 'items', source: { table: 'public.items' } }
  expect(await fixture.sync([stream])).toMatchObject({ inserted: 16 })
  await fixture.source.query('UPDATE items SET n = 2')
  expect(await fixture.sync([stream])).toMatchObject({ updated: 16, inserted: 0, deleted: 0 })
})

test('a key that the extract does not have is named before a row is read', async () => {
  const stream = { name: 'items', source: { sql: 'SELECT 1 AS id' }, primaryKey: ['id', 'document'] }
  await expect(fixture.sync([stream])).rejects.toMatchObject({ code: 'COLUMN_MISSING', message: expect.stringContaining('"document"') })
})

test('rows that share a key are read by one session where the later one counts', async () => {
  const asked: (number | null)[] = []
  const listening = (source: Source): Source => ({
    ...source,
    extract: (stream, shape, request) => {
      asked.push(request.parallel)
      return source.extract(stream, shape, request)
    },
  })
  await fixture.source.query('CREATE TABLE items (id int, version int)')
  const stream = { name: 'items', source: { table: 'public.items' }, parallel: 4 }
  const given = { primaryKey: ['id'] }
  for (const changes of [{}, given, { ...given, duplicates: 'FORBID' as const }, { parallel: null }])
    await fixture.sync([{ ...stream, ...changes }], { through: listening, configuration: { full: true } })
  expect(asked).toEqual([4, 1, 4, null])
})
