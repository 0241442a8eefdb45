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

describe.each([
  ['with a key', 'PRIMARY KEY'],
  ['without a key', 'NOT NULL'],
])('what hangs on a table %s survives a refresh', (_what, constraint) => {
  beforeEach(async () => {
    await fixture.source.query(`CREATE TABLE items (id int ${constraint}, name text); INSERT INTO items VALUES (1, 'one'), (2, 'two')`)
    await fixture.sync([items])
  })

  const refresh = async () => {
    await fixture.source.query(`UPDATE items SET name = 'ONE' WHERE id = 1; INSERT INTO items VALUES (3, 'three')`)
    await fixture.sync([items])
    expect(await fixture.rows(fixture.destination, 'destination.items')).toEqual(await fixture.rows(fixture.source, 'items'))
  }

  test('a view shows the new rows', async () => {
    await fixture.destination.query('CREATE VIEW shown AS SELECT name FROM destination.items')
    await refresh()
    expect(await fixture.rows(fixture.destination, 'shown')).toHaveLength(3)
  })

  test('a grant, an index and a comment on a column', async () => {
    const { destination } = fixture
    await destination.query(
      'CREATE ROLE analyst; GRANT SELECT ON destination.items TO analyst; CREATE INDEX by_name ON destination.items (name)',
    )
    await refresh()
    const { rows } = await destination.query(
      `SELECT has_table_privilege('analyst', 'destination.items', 'SELECT') AS granted, to_regclass('destination.by_name') IS NOT NULL AS indexed`,
    )
    await destination.query('DROP OWNED BY analyst; DROP ROLE analyst')
    expect(rows).toEqual([{ granted: true, indexed: true }])
  })

  test('a trigger of somebody else', async () => {
    const { destination } = fixture
    await destination.query(`CREATE TABLE seen (id int); CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO seen VALUES (NEW.id); RETURN NEW; END';
      CREATE TRIGGER note AFTER INSERT ON destination.items FOR EACH ROW EXECUTE FUNCTION note()`)
    await refresh()
    expect((await destination.query('SELECT FROM seen WHERE id = 3')).rowCount).toBe(1)
  })
})

test('a foreign key on the table keeps its meaning', async () => {
  const { source, destination, sync } = fixture
  await source.query(`CREATE TABLE items (id int PRIMARY KEY, name text); INSERT INTO items VALUES (1, 'one'), (2, 'two')`)
  await sync([items])
  await destination.query('CREATE TABLE notes (item int REFERENCES destination.items (id)); INSERT INTO notes VALUES (1)')
  await source.query('DELETE FROM items WHERE id = 2')
  expect(await sync([items])).toMatchObject({ deleted: 1, unchanged: 1 })
  await source.query('DELETE FROM items')
  await expect(sync([items])).rejects.toMatchObject({ code: 'ROWS_REJECTED' })
  expect(await fixture.rows(destination, 'destination.items')).toHaveLength(1)
})

test('a new column is added, told, and filled', async () => {
  const { source, destination, sync } = fixture
  await source.query(`CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items VALUES (1), (2)`)
  await sync([items])
  await source.query(`ALTER TABLE items ADD COLUMN "Währung" text DEFAULT 'EUR'`)
  expect(await sync([items])).toMatchObject({ updated: 2 })
  expect(fixture.told.lines).toContainEqual(['WARN', expect.stringContaining('"Währung"')])
  expect(await fixture.rows(destination, 'destination.items')).toEqual(await fixture.rows(source, 'items'))
})

test.each([
  ['ALTER TABLE items DROP COLUMN name', 'COLUMN_MISSING', ['"name"']],
  ['ALTER TABLE items RENAME COLUMN name TO title', 'COLUMN_MISSING', ['"name"']],
  ['ALTER TABLE items ALTER COLUMN amount TYPE numeric(20,4)', 'COLUMN_TYPE_CHANGED', ['"amount"', 'numeric(20,4)', 'numeric(15,2)']],
  ['DROP TABLE items', 'COLUMN_MISSING', ['"items"']],
])('after %s the run ends %s, and the destination stays as it was', async (change, code, told) => {
  const { source, destination, sync } = fixture
  await source.query(`CREATE TABLE items (id int PRIMARY KEY, name text, amount numeric(15,2)); INSERT INTO items VALUES (1, 'one', 1)`)
  await sync([items])
  const before = await fixture.rows(destination, 'destination.items')
  await source.query(change)
  const error = await sync([items]).catch((thrown: { code: string; message: string }) => thrown)
  expect(error).toMatchObject({ code })
  for (const text of told) expect((error as { message: string }).message).toContain(text)
  expect(await fixture.rows(destination, 'destination.items')).toEqual(before)
})

test('a table that somebody else made is not touched', async () => {
  const { source, destination, sync } = fixture
  await source.query('CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items VALUES (1)')
  await sync([{ ...items, destinationTable: 'others' }])
  await destination.query('CREATE TABLE destination.items (mine text)')
  await expect(sync([items])).rejects.toMatchObject({
    code: 'PERMISSION_DENIED',
    message: expect.stringContaining('not made by this platform'),
  })
  expect((await destination.query('SELECT mine FROM destination.items')).rowCount).toBe(0)
})

test('a key that was given later rebuilds the table with it', async () => {
  const { source, sync } = fixture
  await source.query(`CREATE TABLE items (id int, name text); INSERT INTO items VALUES (1, 'one'), (1, 'uno'), (2, 'two')`)
  expect(await sync([items])).toMatchObject({ inserted: 3 })
  expect(await sync([{ ...items, primaryKey: ['id'] }])).toMatchObject({ read: 3, inserted: 2, superseded: 1, deleted: 3 })
  expect(await sync([{ ...items, primaryKey: ['id'] }])).toMatchObject({ read: 3, unchanged: 2, superseded: 1 })
})
