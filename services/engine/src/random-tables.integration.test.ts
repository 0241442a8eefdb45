import type { RecordCounts } from '@aiia/core/job-run/counts'
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

/** A row as its columns' text forms: a key of two parts, then values of which many look alike. */
type Row = {
  id: string | null
  region: string | null
  name: string | null
  amount: string | null
  ratio: string | null
  tags: string | null
}
const columns = ['id', 'region', 'name', 'amount', 'ratio', 'tags'] as const
const types = ['int', 'text', 'text', 'numeric', 'float8', 'text[]'] as const

const text = fc.oneof(
  fc.constantFrom('', ' ', 'a', 'A', 'ä', 'a\u0308', '\\N', '🙂'),
  fc.string({ unit: 'grapheme', maxLength: 6 }).filter((value) => !value.includes('\0')),
)
const region = fc.constantFrom('', 'north', 'North', 'ß')
const values = {
  name: fc.option(text),
  amount: fc.option(fc.constantFrom('0', '0.0', '1', '1.00', '-1', 'NaN', '123456789012345678901234567890.5')),
  ratio: fc.option(fc.constantFrom('0', '-0', '1.5', 'NaN', 'Infinity', '5e-324')),
  tags: fc.option(fc.constantFrom('{}', '{NULL}', '{a,NULL}', '{"NULL"}', '{"{}"}')),
}
const keyed: fc.Arbitrary<Row> = fc.record({ id: fc.integer({ min: 1, max: 6 }).map(String), region, ...values })
const keyOf = ({ id, region }: Row): string => JSON.stringify([id, region])
const wholeOf = (row: Row): string => JSON.stringify(columns.map((column) => row[column]))
/** As a set by key. */
const table = fc.uniqueArray(keyed, { selector: keyOf, maxLength: 12 })

const definition = columns.map((column, index) => `${column} ${types[index]}`).join(', ')
const items = { name: 'items', source: { table: 'public.items' } }

const fill = async (rows: readonly Row[]) => {
  await fixture.source.query('TRUNCATE items')
  await fixture.source.query(
    `INSERT INTO items SELECT ${columns.map((column, index) => `${column}::${types[index]}`).join(', ')}
     FROM unnest(${columns.map((_, index) => `$${index + 1}::text[]`).join(', ')}) WITH ORDINALITY AS given (${columns.join(', ')}, position) ORDER BY position`,
    columns.map((column) => rows.map((row) => row[column])),
  )
}

/** The rows that a table holds, as they were given. */
const expectRows = async (rows: readonly Row[]) => {
  const { rows: found } = await fixture.destination.query<Row>(
    `SELECT ${columns.map((column) => `${column}::text`).join(', ')} FROM destination.items`,
  )
  expect(found.map(wholeOf).toSorted()).toEqual(rows.map(wholeOf).toSorted())
}

/** What sets by key say of a refresh. */
const difference = (before: readonly Row[], after: readonly Row[]): Partial<RecordCounts> => {
  const old = new Map(before.map((row) => [keyOf(row), wholeOf(row)]))
  const known = after.filter((row) => old.has(keyOf(row)))
  const unchanged = known.filter((row) => old.get(keyOf(row)) === wholeOf(row)).length
  return {
    inserted: after.length - known.length,
    updated: known.length - unchanged,
    unchanged,
    deleted: old.size - known.length,
  }
}

const startAnew = () => fixture.destination.query('DROP TABLE IF EXISTS destination.items')

test('through any row of states, a table with a key of two columns equals its source, and the counts are those of the sets', async () => {
  await fixture.source.query(`CREATE TABLE items (${definition}, PRIMARY KEY (region, id))`)
  await fc.assert(
    fc.asyncProperty(fc.array(table, { minLength: 2, maxLength: 3 }), async (states) => {
      await startAnew()
      let before: Row[] = []
      for (const after of states) {
        await fill(after)
        const counts = await fixture.sync([items])
        expect(counts).toMatchObject({ ...difference(before, after), read: after.length, rejected: 0, superseded: 0 })
        await expectRows(after)
        before = after
      }
    }),
    { numRuns: 25 },
  )
})

const unruly: fc.Arbitrary<Row> = fc.record({
  id: fc.option(fc.integer({ min: 1, max: 4 }).map(String), { freq: 6 }),
  region: fc.option(region, { freq: 6 }),
  ...values,
})

test('of any rows without order in their keys, those without one are rejected and the later of two with the same wins', async () => {
  await fixture.source.query(`CREATE TABLE items (${definition})`)
  const stream = {
    name: 'items',
    source: { sql: `SELECT ${columns.join(', ')} FROM items ORDER BY ctid` },
    primaryKey: ['id', 'region'],
    rejectLimit: 1_000,
  }
  await fc.assert(
    fc.asyncProperty(fc.array(unruly, { maxLength: 20 }), fc.array(unruly, { maxLength: 20 }), async (first, second) => {
      await startAnew()
      let before: Row[] = []
      for (const given of [first, second]) {
        await fill(given)
        const whole = given.filter(({ id, region: part }) => id !== null && part !== null)
        const after = [...new Map(whole.map((row) => [keyOf(row), row])).values()]
        const counts = await fixture.sync([stream])
        expect(counts).toMatchObject({
          ...difference(before, after),
          read: given.length,
          rejected: given.length - whole.length,
          superseded: whole.length - after.length,
        })
        expect(fixture.told.rejected).toHaveLength(given.length - whole.length)
        await expectRows(after)
        before = after
      }
    }),
    { numRuns: 25 },
  )
})

test('a table without a key holds the very rows of its source, repeated ones as often', async () => {
  await fixture.source.query(`CREATE TABLE items (${definition})`)
  await fc.assert(
    fc.asyncProperty(
      fc.array(unruly, { maxLength: 10 }),
      fc.array(unruly, { maxLength: 10 }),
      fc.boolean(),
      async (first, second, viewed) => {
        await fixture.destination.query('DROP TABLE IF EXISTS destination.items CASCADE')
        await fill(first)
        await fixture.sync([items])
        if (viewed) await fixture.destination.query('CREATE VIEW shown AS SELECT * FROM destination.items')
        const after = [...second, ...second.slice(0, 3)]
        await fill(after)
        const counts = await fixture.sync([items])
        expect(counts).toMatchObject({ read: after.length, inserted: after.length, updated: 0, unchanged: 0, deleted: first.length })
        await expectRows(after)
      },
    ),
    { numRuns: 15 },
  )
})
