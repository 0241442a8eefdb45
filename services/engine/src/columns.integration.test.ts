import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
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
const equal = async () =>
  expect(await fixture.rows(fixture.destination, 'destination.items')).toEqual(await fixture.rows(fixture.source, 'items'))
const typesAt = async () => {
  const { rows } = await fixture.destination.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = 'destination.items'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> '_aiia_run'`,
  )
  return Object.fromEntries(rows.map(({ name, type }) => [name, type]))
}

describe('what the source does to its columns', () => {
  beforeEach(async () => {
    await fixture.source.query(
      `CREATE TABLE items (id int PRIMARY KEY, name varchar(20), price numeric(9,2), tags text[]);
       INSERT INTO items VALUES (1, 'one', 1.5, '{a}'), (2, 'two', NULL, NULL)`,
    )
    await fixture.sync([items])
  })

  test('another order of them changes no row', async () => {
    const stream = { ...items, source: { sql: 'SELECT tags, price, id, name FROM items' }, primaryKey: ['id'] }
    expect(await fixture.sync([stream])).toMatchObject({ unchanged: 2, inserted: 0, updated: 0, deleted: 0 })
    await fixture.source.query(`UPDATE items SET price = 2 WHERE id = 2`)
    expect(await fixture.sync([stream])).toMatchObject({ unchanged: 1, updated: 1 })
    await equal()
  })

  test('one that is filled with nothing is added without touching a row', async () => {
    await fixture.source.query('ALTER TABLE items ADD COLUMN note text, ADD COLUMN "Größe (cm)" int')
    expect(await fixture.sync([items])).toMatchObject({ unchanged: 2, updated: 0 })
    expect(fixture.told.lines).toContainEqual(['WARN', expect.stringContaining('"note" is new (text); "Größe (cm)" is new (integer)')])
    await equal()
  })

  test('the warning comes once', async () => {
    await fixture.source.query('ALTER TABLE items ADD COLUMN note text')
    await fixture.sync([items])
    await fixture.sync([items])
    expect(fixture.told.lines.filter(([level]) => level === 'WARN')).toEqual([])
  })

  test('all that are gone are named together, before a row is read', async () => {
    await fixture.source.query('ALTER TABLE items DROP COLUMN name, DROP COLUMN tags')
    await expect(fixture.sync([items])).rejects.toMatchObject({
      code: 'COLUMN_MISSING',
      message: expect.stringMatching(/"name" .*"tags" /),
      place: { step: 'DISCOVER', stream: 'items' },
    })
    expect(fixture.told.steps.some(({ kind, status }) => kind === 'EXTRACT' && status !== 'PENDING')).toBe(false)
  })

  test('all that have another type are named together, with both types', async () => {
    await fixture.source.query('ALTER TABLE items ALTER name TYPE text, ALTER tags TYPE varchar(5)[], ALTER price TYPE numeric(10,2)')
    const error: unknown = await fixture.sync([items]).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'COLUMN_TYPE_CHANGED', place: { step: 'DISCOVER', stream: 'items' } })
    for (const told of [
      '"name" is now text (was character varying(20))',
      '"tags" is now character varying(5)[] (was text[])',
      '"price" is now numeric(10,2) (was numeric(9,2))',
    ])
      expect(String(error)).toContain(told)
    expect(await typesAt()).toMatchObject({ name: 'character varying(20)', price: 'numeric(9,2)', tags: 'text[]' })
  })

  test('dropped and made again with the same type, it is the same column', async () => {
    await fixture.source.query(`ALTER TABLE items DROP COLUMN name; ALTER TABLE items ADD COLUMN name varchar(20) DEFAULT 'one'`)
    expect(await fixture.sync([items])).toMatchObject({ unchanged: 1, updated: 1 })
    await equal()
  })

  test('an empty table takes whatever columns the source has now', async () => {
    await fixture.source.query('DELETE FROM items')
    await fixture.sync([items])
    await fixture.source.query(`ALTER TABLE items DROP COLUMN tags, ALTER price TYPE text; INSERT INTO items VALUES (5, 'five', 'dear')`)
    expect(await fixture.sync([items])).toMatchObject({ inserted: 1 })
    expect(await typesAt()).toEqual({ id: 'integer', name: 'character varying(20)', price: 'text' })
    await equal()
  })
})

test('names that the engine uses itself are names like others', async () => {
  await fixture.source.query(`CREATE TABLE items (s int, t int, d int, target_position int, later int, position int, staged text, PRIMARY KEY (t, s));
    INSERT INTO items VALUES (1, 2, 3, 4, 5, 6, 'x'), (2, 2, 3, 4, 5, 6, NULL), (3, 3, 3, 3, 3, 3, 'y')`)
  await fixture.sync([items])
  await fixture.source.query(
    `UPDATE items SET target_position = NULL WHERE s = 1; DELETE FROM items WHERE s = 2; INSERT INTO items VALUES (9, 9)`,
  )
  expect(await fixture.sync([items])).toMatchObject({ inserted: 1, updated: 1, unchanged: 1, deleted: 1 })
  await equal()
  // Two rows are without a key: the one that was updated, and the one that was inserted.
  const sql = 'SELECT NULLIF(later, 5) AS later, position, target_position FROM items UNION ALL SELECT 3, 4, 5'
  const odd = { name: 'odd', source: { sql }, primaryKey: ['later'], rejectLimit: 9 }
  expect(await fixture.sync([odd])).toMatchObject({ read: 4, inserted: 1, superseded: 1, rejected: 2 })
})

test('a table of somebody else is refused also where it is empty, and a view as well', async () => {
  await fixture.source.query('CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items VALUES (1)')
  await fixture.sync([{ ...items, destinationTable: 'first' }])
  await fixture.destination.query(
    `CREATE TABLE destination.theirs (id int PRIMARY KEY); COMMENT ON TABLE destination.theirs IS 'Ours alone'; CREATE VIEW destination.seen AS SELECT * FROM destination.first`,
  )
  for (const destinationTable of ['theirs', 'seen']) {
    await expect(fixture.sync([{ ...items, destinationTable }])).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      message: expect.stringContaining(`destination.${destinationTable}`),
    })
  }
  expect((await fixture.destination.query('SELECT FROM destination.theirs')).rowCount).toBe(0)
})

test('a table of somebody else stops the run before any stream is read', async () => {
  await fixture.source.query('CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items VALUES (1)')
  await fixture.sync([{ ...items, destinationTable: 'first' }])
  await fixture.destination.query('CREATE TABLE destination.theirs (id int)')
  const streams = [items, { ...items, name: 'theirs' }]
  await expect(fixture.sync(streams)).rejects.toMatchObject({ code: 'PERMISSION_DENIED', place: { step: 'DISCOVER', stream: 'theirs' } })
  expect((await fixture.destination.query(`SELECT to_regclass('destination.items') AS made`)).rows).toEqual([{ made: null }])
})
