import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import fc from 'fast-check'
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

const items = { name: 'items', source: { table: 'public.items' } }
const positions = async () =>
  (
    await fixture.destination.query<{ position: string }>(
      `SELECT id || ' ' || ctid || ' ' || xmin AS position FROM destination.items ORDER BY id`,
    )
  ).rows.map(({ position }) => position)
const equal = async (table = 'items') =>
  expect(await fixture.rows(fixture.destination, `destination.${table}`)).toEqual(await fixture.rows(fixture.source, table))

test('inserted, updated, unchanged and deleted are counted exactly, and what is unchanged is not rewritten', async () => {
  const { source, sync } = fixture
  await source.query(
    `CREATE TABLE items (id int PRIMARY KEY, name text); INSERT INTO items SELECT i, 'n' || i FROM generate_series(1, 1000) i`,
  )
  expect(await sync([items])).toMatchObject({ read: 1_000, inserted: 1_000, updated: 0, unchanged: 0, deleted: 0 })
  const before = await positions()
  expect(await sync([items])).toMatchObject({ read: 1_000, inserted: 0, updated: 0, unchanged: 1_000, deleted: 0 })
  expect(await positions()).toEqual(before)
  await source.query(
    `DELETE FROM items WHERE id <= 10; UPDATE items SET name = NULL WHERE id BETWEEN 11 AND 30; INSERT INTO items SELECT i, '' FROM generate_series(2001, 2005) i`,
  )
  expect(await sync([items])).toMatchObject({ read: 995, inserted: 5, updated: 20, unchanged: 970, deleted: 10 })
  expect((await positions()).filter((position) => before.includes(position))).toHaveLength(970)
  await equal()
})

test('a source that was emptied empties its table, and fills it again', async () => {
  const { source, sync } = fixture
  await source.query(`CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items SELECT generate_series(1, 100)`)
  await sync([items])
  await source.query('DELETE FROM items')
  expect(await sync([items])).toMatchObject({ read: 0, deleted: 100 })
  await equal()
  await source.query('INSERT INTO items SELECT generate_series(1, 7)')
  expect(await sync([items])).toMatchObject({ read: 7, inserted: 7, deleted: 0 })
  await equal()
})

test.each([
  ['scale of a numeric', 'numeric', '1.0', '1.00', 'updated'],
  ['zero and its negative', 'float8', "'-0'", "'0'", 'updated'],
  ['not a number', 'float8', "'NaN'", "'NaN'", 'unchanged'],
  ['null and empty text', 'text', 'NULL', "''", 'updated'],
  ['key order of jsonb', 'jsonb', `'{"a":1,"b":2}'`, `'{"b":2, "a":1}'`, 'unchanged'],
  ['spaces of json', 'json', `'{"a":1}'`, `'{"a": 1}'`, 'updated'],
  ['null in an array', 'int[]', "'{1,NULL}'", "'{1,0}'", 'updated'],
  ['bounds of an array', 'int[]', "'{1,2}'", "'[0:1]={1,2}'", 'updated'],
  ['same interval in other units', 'interval', "'24 hours'", "'1 day'", 'updated'],
  ['blanks at the end of char', 'char(4)', "'a'", "'a   '", 'unchanged'],
])('%s: a %s from %s to %s is %s', async (_what, type, before, after, outcome) => {
  const { source, sync } = fixture
  await source.query(`CREATE TABLE items (id int PRIMARY KEY, value ${type}); INSERT INTO items VALUES (1, ${before})`)
  await sync([items])
  await source.query(`UPDATE items SET value = ${after}`)
  expect(await sync([items])).toMatchObject({ read: 1, [outcome]: 1 })
})

test('a table without a key is replaced as a whole', async () => {
  const { source, sync } = fixture
  await source.query(`CREATE TABLE items (id int, name text); INSERT INTO items SELECT 1, 'twice' FROM generate_series(1, 20)`)
  expect(await sync([items])).toMatchObject({ read: 20, inserted: 20, deleted: 0 })
  await source.query('DELETE FROM items WHERE ctid IN (SELECT ctid FROM items LIMIT 5)')
  expect(await sync([items])).toMatchObject({ read: 15, inserted: 15, deleted: 20 })
  await equal()
})

test('what is told grows to what is returned, with the rows that were expected', async () => {
  const { source, sync } = fixture
  await source.query(
    `CREATE TABLE items (id int PRIMARY KEY, pad text); INSERT INTO items SELECT i, repeat('x', 500) FROM generate_series(1, 50000) i; ANALYZE items`,
  )
  const counts = await sync([items])
  const { told } = fixture
  expect(told.counts.at(-1)).toEqual(counts)
  expect(counts.expected).toBe(50_000)
  expect(told.counts.map(({ read }) => read)).toEqual(told.counts.map(({ read }) => read).toSorted((a, b) => a - b))
  expect(counts.bytes).toBeGreaterThan(50_000 * 500)
})

test('the steps of every stream are told first as pending, then in order', async () => {
  const { source, sync } = fixture
  await source.query('CREATE TABLE items (id int PRIMARY KEY); CREATE TABLE others (id int PRIMARY KEY)')
  await sync([items, { name: 'others', source: { table: 'public.others' } }])
  const { steps } = fixture.told
  expect(steps.slice(0, 11).every(({ status }, index) => status === 'PENDING' && steps[index]?.position === index)).toBe(true)
  const changes = steps.slice(11).map(({ kind, stream, status }) => `${stream ?? ''} ${kind} ${status}`)
  const ofStream = (stream: string) =>
    ['EXTRACT', 'VALIDATE', 'MATCH', 'COMMIT'].flatMap((kind) => [`${stream} ${kind} RUNNING`, `${stream} ${kind} COMPLETED`])
  expect(changes).toEqual([
    ...[' CONNECT', 'items DISCOVER', 'others DISCOVER'].flatMap((step) => [`${step} RUNNING`, `${step} COMPLETED`]),
    ...ofStream('items'),
    ...ofStream('others'),
  ])
})

const row = fc.record({
  name: fc.option(fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\0'))),
  amount: fc.option(fc.integer()),
})
const table = fc.dictionary(fc.integer({ min: 1, max: 12 }).map(String), row, { maxKeys: 10 })

test('whatever a table was and becomes, the destination equals it and the counts are those of the sets', async () => {
  const { source, destination, sync } = fixture
  await source.query('CREATE TABLE items (id int PRIMARY KEY, name text, amount numeric)')
  const fill = async (rows: Record<string, { name: string | null; amount: number | null }>) => {
    const entries = Object.entries(rows)
    await source.query('TRUNCATE items')
    await source.query('INSERT INTO items SELECT * FROM unnest($1::int[], $2::text[], $3::numeric[])', [
      entries.map(([id]) => id),
      entries.map(([, { name }]) => name),
      entries.map(([, { amount }]) => amount),
    ])
  }
  await fc.assert(
    fc.asyncProperty(table, table, async (before, after) => {
      await destination.query('DROP TABLE IF EXISTS destination.items')
      await fill(before)
      await sync([items])
      await fill(after)
      const counts = await sync([items])
      const ids = Object.keys(after)
      const known = ids.filter((id) => id in before)
      const unchanged = known.filter((id) => before[id]?.name === after[id]?.name && before[id]?.amount === after[id]?.amount)
      expect(counts).toMatchObject({
        read: ids.length,
        inserted: ids.length - known.length,
        unchanged: unchanged.length,
        updated: known.length - unchanged.length,
        deleted: Object.keys(before).length - known.length,
      })
      await equal()
    }),
    { numRuns: 25 },
  )
})
