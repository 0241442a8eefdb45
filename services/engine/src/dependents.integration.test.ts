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
  await fixture.source.query(
    `CREATE TABLE items (id int NOT NULL, name text, vendor int); INSERT INTO items VALUES (1, 'one', 10), (2, 'two', 10), (3, 'three', 20)`,
  )
})
afterEach(() => fixture.close())

const items = { name: 'items', source: { table: 'public.items' } }
const one = async (sql: string): Promise<unknown> => Object.values((await fixture.destination.query(sql)).rows[0])[0]
const equal = async (table = 'destination.items') =>
  expect(await fixture.rows(fixture.destination, table)).toEqual(await fixture.rows(fixture.source, 'items'))

describe.each([
  ['matched by its key', ['id'], { inserted: 1, updated: 1, unchanged: 1, deleted: 1 }],
  ['replaced, having no key', [], { inserted: 3, updated: 0, unchanged: 0, deleted: 3 }],
])('a table that is %s', (_what, primaryKey, outcome) => {
  const stream = { ...items, primaryKey }
  beforeEach(() => fixture.sync([stream]))

  const refresh = async () => {
    await fixture.source.query(
      `UPDATE items SET name = 'ONE' WHERE id = 1; DELETE FROM items WHERE id = 2; INSERT INTO items VALUES (4, 'four', 20)`,
    )
    expect(await fixture.sync([stream])).toMatchObject({ read: 3, ...outcome })
    await equal()
  }

  test('keeps a view on a view, and a materialized one that is refreshed', async () => {
    await fixture.destination.query(`CREATE VIEW inner_view AS SELECT * FROM destination.items; CREATE VIEW outer_view AS SELECT * FROM inner_view;
      CREATE MATERIALIZED VIEW stored AS SELECT * FROM destination.items`)
    await refresh()
    await equal('outer_view')
    await fixture.destination.query('REFRESH MATERIALIZED VIEW stored')
    await equal('stored')
  })

  test('keeps its place: what refers to it by its number still does', async () => {
    await fixture.destination.query('CREATE VIEW shown AS SELECT 1 FROM destination.items')
    const before = await one(`SELECT 'destination.items'::regclass::oid`)
    await refresh()
    expect(await one(`SELECT 'destination.items'::regclass::oid`)).toBe(before)
  })

  test('keeps its unique index, which holds for the new rows', async () => {
    await fixture.destination.query('CREATE UNIQUE INDEX once ON destination.items (lower(name)) WHERE vendor = 10')
    await refresh()
    expect(await one(`SELECT indisvalid AND indisunique FROM pg_index WHERE indexrelid = 'destination.once'::regclass`)).toBe(true)
    await expect(fixture.destination.query(`INSERT INTO destination.items VALUES (9, 'one', 10)`)).rejects.toThrow('once')
  })

  test('keeps a foreign key to another table, which refuses what it refuses', async () => {
    await fixture.destination.query(`CREATE TABLE vendors (id int PRIMARY KEY); INSERT INTO vendors VALUES (10), (20);
      ALTER TABLE destination.items ADD CONSTRAINT of_vendor FOREIGN KEY (vendor) REFERENCES vendors (id)`)
    await refresh()
    await fixture.source.query(`INSERT INTO items VALUES (5, 'five', 30)`)
    const before = await fixture.rows(fixture.destination, 'destination.items')
    await expect(fixture.sync([stream])).rejects.toMatchObject({ code: 'ROWS_REJECTED', message: expect.stringContaining('of_vendor') })
    expect(await fixture.rows(fixture.destination, 'destination.items')).toEqual(before)
    expect(await fixture.leftOvers()).toEqual([])
  })

  test('keeps its policies', async () => {
    await fixture.destination.query(
      'ALTER TABLE destination.items ENABLE ROW LEVEL SECURITY; CREATE POLICY vendors_own ON destination.items USING (vendor = 20)',
    )
    await refresh()
    expect(await one(`SELECT relrowsecurity FROM pg_class WHERE oid = 'destination.items'::regclass`)).toBe(true)
    expect(await one(`SELECT polname FROM pg_policy WHERE polrelid = 'destination.items'::regclass`)).toBe('vendors_own')
  })

  test('stays in the publication that it is in', async () => {
    await fixture.destination.query('CREATE PUBLICATION feed FOR TABLE destination.items WITH (publish = insert)')
    await refresh()
    expect(await one(`SELECT tablename FROM pg_publication_tables WHERE pubname = 'feed'`)).toBe('items')
  })

  test('keeps its view when the source is emptied and filled again', async () => {
    await fixture.destination.query('CREATE VIEW shown AS SELECT * FROM destination.items')
    await fixture.source.query('DELETE FROM items')
    expect(await fixture.sync([stream])).toMatchObject({ read: 0, deleted: 3 })
    await equal('shown')
    await fixture.source.query(`INSERT INTO items VALUES (7, 'seven', 10)`)
    expect(await fixture.sync([stream])).toMatchObject({ read: 1, inserted: 1, deleted: 0 })
    await equal('shown')
  })

  test('takes a new column under its view', async () => {
    await fixture.destination.query('CREATE VIEW shown AS SELECT id FROM destination.items')
    await fixture.source.query(`ALTER TABLE items ADD COLUMN price numeric(9,2) DEFAULT 1.5`)
    await fixture.sync([stream])
    await equal()
    expect(await fixture.rows(fixture.destination, 'shown')).toHaveLength(3)
  })
})

test('a trigger fires for the rows that changed and for no others', async () => {
  const { source, destination, sync } = fixture
  const stream = { ...items, primaryKey: ['id'] }
  await sync([stream])
  await destination.query(`CREATE TABLE seen (what text, id int); CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN INSERT INTO public.seen VALUES (TG_OP, coalesce(NEW.id, OLD.id)); RETURN NULL; END';
    CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON destination.items FOR EACH ROW EXECUTE FUNCTION note()`)
  await source.query(`UPDATE items SET name = NULL WHERE id = 1; DELETE FROM items WHERE id = 2; INSERT INTO items VALUES (4, 'four', 20)`)
  await sync([stream])
  expect((await destination.query('SELECT what, id FROM seen ORDER BY id')).rows).toEqual([
    { what: 'UPDATE', id: 1 },
    { what: 'DELETE', id: 2 },
    { what: 'INSERT', id: 4 },
  ])
})

test('a value of a unique index may move from a row that goes to one that comes or stays', async () => {
  const { source, destination, sync } = fixture
  const stream = { ...items, primaryKey: ['id'] }
  await sync([stream])
  await destination.query('CREATE UNIQUE INDEX once ON destination.items (name)')
  await source.query(
    `DELETE FROM items WHERE id IN (1, 2); UPDATE items SET name = 'one' WHERE id = 3; INSERT INTO items VALUES (4, 'two', 10)`,
  )
  expect(await sync([stream])).toMatchObject({ inserted: 1, updated: 1, deleted: 2 })
  await equal()
})

test('where nothing hangs on a table without a key, the next run sees one that is its own', async () => {
  const { destination, sync } = fixture
  const stream = { ...items, primaryKey: [] }
  await sync([stream])
  await sync([stream])
  expect(await one(`SELECT obj_description('destination.items'::regclass, 'pg_class')`)).toBe(
    'AIIA Data Refresh: stream "items" of connector "Orders"',
  )
  const { rows } = await destination.query(`SELECT relpersistence, reloptions FROM pg_class WHERE oid = 'destination.items'::regclass`)
  expect(rows).toEqual([{ relpersistence: 'p', reloptions: null }])
})
