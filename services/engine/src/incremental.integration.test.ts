import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSyncFixture, type Stream, type SyncFixture } from './testing/sync-fixture.ts'

let server: TestPostgres
let fixture: SyncFixture
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server?.stop())
beforeEach(async () => {
  fixture = await openSyncFixture(server)
  await fixture.source.query(
    `CREATE TABLE items (id int PRIMARY KEY, name text, changed_at timestamptz(3) NOT NULL);
     INSERT INTO items SELECT i, 'n' || i, '2026-11-01 00:00:00Z'::timestamptz + i * interval '1 hour' FROM generate_series(1, 100) i`,
  )
})
afterEach(() => fixture.close())

const items: Stream = { name: 'items', source: { table: 'public.items' }, mode: 'INCREMENTAL', cursorField: 'changed_at' }
const equal = async () =>
  expect(await fixture.rows(fixture.destination, 'destination.items')).toEqual(await fixture.rows(fixture.source, 'items'))
const change = (sql: string) => fixture.source.query(sql)

describe('INCREMENTAL', () => {
  test('reads everything first, then what was changed since, and deletes nothing', async () => {
    expect(await fixture.sync([items])).toMatchObject({ read: 100, inserted: 100 })
    await change(
      `UPDATE items SET name = 'new', changed_at = '2026-12-01Z' WHERE id = 7; INSERT INTO items VALUES (200, 'added', '2026-12-01Z')`,
    )
    await change('DELETE FROM items WHERE id = 1')
    // With the last row of before, which lies within the overlap.
    expect(await fixture.sync([items])).toMatchObject({ read: 3, inserted: 1, updated: 1, unchanged: 1, deleted: 0 })
    expect(fixture.told.lines).toContainEqual([
      'INFO',
      expect.stringContaining('rows whose "changed_at" is from 2026-11-05 03:55:00+00 on'),
    ])
    const { rows } = await fixture.destination.query('SELECT count(*)::int AS rows FROM destination.items')
    expect(rows).toEqual([{ rows: 101 }])
  })

  test('rows that share the latest cursor value and come later are not lost', async () => {
    await fixture.sync([{ ...items, cursorOverlap: 0 }])
    await change(`INSERT INTO items SELECT 300 + i, 'tie', max FROM generate_series(1, 3) i, (SELECT max(changed_at) AS max FROM items) m`)
    expect(await fixture.sync([{ ...items, cursorOverlap: 0 }])).toMatchObject({ read: 4, inserted: 3, unchanged: 1 })
    await equal()
  })

  test('rows that are committed late are found within the overlap', async () => {
    await fixture.sync([{ ...items, cursorOverlap: 7_200 }])
    await change(`INSERT INTO items SELECT 400, 'late', max(changed_at) - interval '1 hour 59 minutes' FROM items`)
    expect(await fixture.sync([{ ...items, cursorOverlap: 7_200 }])).toMatchObject({ inserted: 1 })
    await equal()
  })

  test('everything is read again when it is asked for, and when the cursor or the source is another', async () => {
    await fixture.sync([items])
    expect(await fixture.sync([items], { configuration: { full: true } })).toMatchObject({ read: 100, unchanged: 100 })
    expect(await fixture.sync([items])).toMatchObject({ read: 1 })
    expect(await fixture.sync([{ ...items, cursorField: 'id', cursorOverlap: 0 }])).toMatchObject({ read: 100 })
    expect(await fixture.sync([{ ...items, cursorField: 'id', cursorOverlap: 0 }])).toMatchObject({ read: 1 })
    const filtered = { ...items, source: { sql: 'SELECT * FROM items' }, primaryKey: ['id'], cursorField: 'id', cursorOverlap: 0 }
    expect(await fixture.sync([filtered])).toMatchObject({ read: 100 })
  })

  test('rows without a cursor value are read each time', async () => {
    await change(`ALTER TABLE items ALTER changed_at DROP NOT NULL; INSERT INTO items VALUES (500, 'none', NULL)`)
    await fixture.sync([items])
    await change(`UPDATE items SET name = 'changed' WHERE id = 500`)
    expect(await fixture.sync([items])).toMatchObject({ read: 2, updated: 1, unchanged: 1 })
    await equal()
  })

  test('an attempt that commits nothing leaves the cursor where it was', async () => {
    await fixture.sync([items])
    await change(`INSERT INTO items VALUES (600, 'new', '2026-12-01Z')`)
    const refuse = () => Promise.reject(new Error('not this time'))
    await expect(fixture.sync([items], { guard: refuse })).rejects.toThrow('not this time')
    expect(await fixture.sync([items])).toMatchObject({ inserted: 1 })
    await equal()
  })

  test.each([
    ['no cursor field', { cursorField: null }, 'has no cursor field'],
    ['a cursor that is not carried over', { cursorField: 'other' }, 'is not a column that the stream carries over'],
    ['a cursor without an order', { cursorField: 'name' }, 'is of type text'],
    ['no key', { primaryKey: [] }, 'has no primary key'],
  ])('is refused with %s, in words', async (_what, changes, message) => {
    await expect(fixture.sync([{ ...items, ...changes }])).rejects.toMatchObject({
      code: 'INVALID_QUERY',
      message: expect.stringContaining(message),
      place: { step: 'DISCOVER', stream: 'items' },
    })
  })

  test('a hundred rounds of changes with ties, late rows and deletions end as the source is', async () => {
    let seed = 4_711
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    const stream = { ...items, cursorOverlap: 600 }
    let now = Date.parse('2026-12-01T00:00:00Z')
    const gone = new Set<number>()
    await fixture.sync([stream])
    for (let round = 0; round < 100; round += 1) {
      // Several rows share a time; some are up to ten minutes late.
      now += random(3) * 60_000
      for (let changes = random(5); changes >= 0; changes -= 1) {
        const at = new Date(now - (random(4) === 0 ? random(590) * 1_000 : 0)).toISOString()
        const id = random(130)
        if (random(5) === 0) {
          gone.add(id)
          await change(`DELETE FROM items WHERE id = ${id}`)
        } else {
          gone.delete(id)
          await change(
            `INSERT INTO items VALUES (${id}, 'r${round}', '${at}') ON CONFLICT (id) DO UPDATE SET name = excluded.name, changed_at = greatest(items.changed_at, excluded.changed_at)`,
          )
        }
      }
      // Read again in full now and then; deletions are what this mode does not promise.
      const counts = await fixture.sync([stream], { configuration: { full: round % 25 === 24 } })
      expect(counts.read).toBe(counts.inserted + counts.updated + counts.unchanged)
      const left = `SELECT to_jsonb(t) - '_aiia_run' AS row FROM destination.items t WHERE NOT id = ANY ($1::int[]) ORDER BY id`
      const { rows } = await fixture.destination.query(left, [[...gone]])
      expect(rows).toEqual((await fixture.source.query('SELECT to_jsonb(t) AS row FROM items t ORDER BY id')).rows)
    }
    await fixture.sync([{ ...stream, mode: 'FULL_REFRESH' }])
    await equal()
  })
})

describe('APPEND', () => {
  const log: Stream = { ...items, mode: 'APPEND' }

  test('adds rows whose key is not known, and changes none', async () => {
    await fixture.sync([log])
    await change(
      `UPDATE items SET name = 'changed', changed_at = '2026-12-01Z' WHERE id = 1; INSERT INTO items VALUES (700, 'new', '2026-12-01Z')`,
    )
    expect(await fixture.sync([log])).toMatchObject({ read: 3, inserted: 1, updated: 0, unchanged: 2 })
    const { rows } = await fixture.destination.query(`SELECT name FROM destination.items WHERE id = 1`)
    expect(rows).toEqual([{ name: 'n1' }])
  })

  test('without a key only what lies behind the cursor comes, once', async () => {
    const plain = { ...log, primaryKey: [] }
    await fixture.sync([plain])
    expect(await fixture.sync([plain])).toMatchObject({ read: 0, inserted: 0 })
    await change(`INSERT INTO items VALUES (800, 'new', '2026-12-01Z')`)
    expect(await fixture.sync([plain])).toMatchObject({ read: 1, inserted: 1 })
    await equal()
    await expect(fixture.sync([plain], { configuration: { full: true } })).rejects.toMatchObject({
      message: expect.stringContaining('would store every row twice'),
    })
  })

  test('without a key, rows without a cursor value are not stored again, and the log says so', async () => {
    await change(`ALTER TABLE items ALTER changed_at DROP NOT NULL; INSERT INTO items VALUES (500, 'none', NULL)`)
    const plain = { ...log, primaryKey: [] }
    await fixture.sync([plain])
    expect(await fixture.sync([plain])).toMatchObject({ read: 0, inserted: 0 })
    expect(fixture.told.lines).toContainEqual(['WARN', expect.stringContaining('rows without a value in "changed_at"')])
    await equal()
  })

  test('without key and cursor every run adds all rows', async () => {
    const all = { ...log, primaryKey: [], cursorField: null }
    await fixture.sync([all])
    expect(await fixture.sync([all])).toMatchObject({ read: 100, inserted: 100 })
    const { rows } = await fixture.destination.query('SELECT count(*)::int AS rows FROM destination.items')
    expect(rows).toEqual([{ rows: 200 }])
  })
})

test('each row tells which run changed it last', async () => {
  const stream = { ...items, mode: 'FULL_REFRESH' as const }
  await fixture.sync([stream])
  const runs = async () =>
    (
      await fixture.destination.query<{ run: number; rows: number }>(
        `SELECT "_aiia_run" AS run, count(*)::int AS rows FROM destination.items GROUP BY 1 ORDER BY 1`,
      )
    ).rows
  const [first] = await runs()
  await change(`UPDATE items SET name = 'changed' WHERE id <= 3; INSERT INTO items VALUES (900, 'new', '2026-12-01Z')`)
  await fixture.sync([stream])
  const run = first?.run ?? 0
  expect(await runs()).toEqual([
    { run, rows: 97 },
    { run: run + 1, rows: 4 },
  ])
})
