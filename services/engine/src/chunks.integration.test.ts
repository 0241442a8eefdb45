import type { RowRange, Source } from '@aiia/core/sync/source'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { LeaseLostError } from './commit-guard.ts'
import { dropAbandoned } from './destination/abandoned.ts'
import { freely, openSyncFixture, type SyncFixture } from './testing/sync-fixture.ts'

let server: TestPostgres
let fixture: SyncFixture
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server?.stop())
beforeEach(async () => {
  fixture = await openSyncFixture(server)
  await fixture.source.query(
    `CREATE TABLE items (id int PRIMARY KEY, name text); INSERT INTO items SELECT i * 3, 'Item ' || i FROM generate_series(1, 10) i`,
  )
})
afterEach(() => fixture.close())

const items = { name: 'items', source: { table: 'public.items' }, chunkRows: 3 }

/** What was asked of the source. */
let ranges: (RowRange | null)[]
beforeEach(() => {
  ranges = []
})

/** @param left extracts until the source breaks off */
const breakingOff =
  (left = Number.POSITIVE_INFINITY) =>
  (source: Source): Source => ({
    ...source,
    extract: async function* (stream, shape, request) {
      ranges.push(request.range)
      if (ranges.length > left) throw new Error('broken off')
      yield* source.extract(stream, shape, request)
    },
  })

const expectEqual = async () =>
  expect(await fixture.rows(fixture.destination, 'destination.items')).toEqual(await fixture.rows(fixture.source, 'items'))

test('a stream is read chunk by chunk, each behind the last, and arrives whole', async () => {
  const counts = await fixture.sync([items], { through: breakingOff() })
  expect(counts).toMatchObject({ read: 10, inserted: 10 })
  expect(ranges).toEqual([
    { after: null, upTo: ['9'] },
    { after: ['9'], upTo: ['18'] },
    { after: ['18'], upTo: ['27'] },
    { after: ['27'], upTo: null },
  ])
  await expectEqual()
  expect(await fixture.leftOvers()).toEqual([])
})

test('a refresh in chunks finds what was changed, added and deleted', async () => {
  await fixture.sync([items])
  await fixture.source.query(
    `UPDATE items SET name = 'x' WHERE id = 6; DELETE FROM items WHERE id = 9; INSERT INTO items VALUES (4, 'y'), (99, 'z')`,
  )
  expect(await fixture.sync([items])).toMatchObject({ read: 11, inserted: 2, updated: 1, unchanged: 8, deleted: 1 })
  await expectEqual()
  expect(await fixture.leftOvers()).toEqual([])
})

test.each([0, 1, 3])('a table of %i rows is read in chunks of three', async (rows) => {
  await fixture.source.query(`DELETE FROM items WHERE id > ${rows * 3}`)
  expect(await fixture.sync([items])).toMatchObject({ read: rows, inserted: rows })
  await expectEqual()
})

test('a new attempt goes on behind the last chunk that was kept, and says so', async () => {
  const runId = 'resumed'
  await expect(fixture.sync([items], { runId, through: breakingOff(2) })).rejects.toThrow('broken off')
  ranges = []
  const counts = await fixture.sync([items], { runId, attempt: 2, through: breakingOff() })
  expect(counts).toMatchObject({ read: 10, inserted: 10 })
  expect(ranges).toEqual([
    { after: ['18'], upTo: ['27'] },
    { after: ['27'], upTo: null },
  ])
  expect(fixture.told.lines).toContainEqual([
    'INFO',
    'Stream "items" goes on behind chunk 2: 6 rows were kept by attempt 1. They show the source as it was then.',
  ])
  expect(fixture.told.begun).toEqual([['items', 6]])
  expect(fixture.told.steps).toContainEqual(
    expect.objectContaining({ kind: 'EXTRACT', status: 'COMPLETED', detail: '10 rows read, 6 of them by an earlier attempt' }),
  )
  await expectEqual()
  expect(await fixture.leftOvers()).toEqual([])
})

test('rows of different attempts show different moments of the source, and none comes twice', async () => {
  const runId = 'moments'
  await expect(fixture.sync([items], { runId, through: breakingOff(2) })).rejects.toThrow('broken off')
  await fixture.source.query(`UPDATE items SET name = 'changed'`)
  expect(await fixture.sync([items], { runId, attempt: 2 })).toMatchObject({ read: 10, inserted: 10 })
  const { rows } = await fixture.destination.query(`SELECT count(*)::int AS count FROM destination.items WHERE name = 'changed'`)
  expect(rows).toEqual([{ count: 4 }])
})

test('another run begins from the first row', async () => {
  await expect(fixture.sync([items], { runId: 'one', through: breakingOff(2) })).rejects.toThrow('broken off')
  ranges = []
  await fixture.sync([items], { runId: 'another', through: breakingOff() })
  expect(ranges[0]).toEqual({ after: null, upTo: ['9'] })
})

test('an attempt that finds other columns at the source begins from the first row', async () => {
  const runId = 'changed'
  await expect(fixture.sync([items], { runId, through: breakingOff(2) })).rejects.toThrow('broken off')
  await fixture.source.query('ALTER TABLE items ADD COLUMN price int DEFAULT 7')
  expect(await fixture.sync([items], { runId, attempt: 2 })).toMatchObject({ read: 10 })
  await expectEqual()
  expect(await fixture.leftOvers()).toEqual([])
})

test('an attempt that finds another key at the source begins from the first row', async () => {
  const runId = 'rekeyed'
  await expect(fixture.sync([items], { runId, through: breakingOff(2) })).rejects.toThrow('broken off')
  await fixture.source.query(
    `ALTER TABLE items DROP CONSTRAINT items_pkey; UPDATE items SET name = 100 - id; ALTER TABLE items ADD PRIMARY KEY (name)`,
  )
  expect(await fixture.sync([items], { runId, attempt: 2 })).toMatchObject({ read: 10 })
  await expectEqual()
  expect(await fixture.leftOvers()).toEqual([])
})

test('an attempt that has lost the run keeps no chunk', async () => {
  const runId = 'lost'
  let commits = 0
  const losing: typeof freely = async (transaction, commit, stream) => {
    commits += 1
    if (commits > 2) throw new LeaseLostError('taken')
    await freely(transaction, commit, stream)
  }
  await expect(fixture.sync([items], { runId, guard: losing })).rejects.toBeInstanceOf(LeaseLostError)
  ranges = []
  await fixture.sync([items], { runId, attempt: 2, through: breakingOff() })
  // The table itself and one chunk were kept.
  expect(ranges[0]).toEqual({ after: ['9'], upTo: ['18'] })
  await expectEqual()
})

test('a session of an earlier attempt is ended, so that nobody waits for what it has locked', async () => {
  const runId = 'zombie'
  await fixture.sync([items])
  let frozen: () => void = () => {}
  const freezing: typeof freely = async () =>
    new Promise((_, reject) => {
      frozen = () => reject(new Error('thawed'))
    })
  const zombie = expect(fixture.sync([{ ...items, chunkRows: null }], { runId, guard: freezing })).rejects.toBeInstanceOf(Error)
  await expect
    .poll(async () => (await fixture.destination.query(`SELECT FROM pg_locks WHERE mode = 'ShareRowExclusiveLock' AND granted`)).rowCount)
    .toBeGreaterThan(0)
  expect(await fixture.sync([items], { runId, attempt: 2 })).toMatchObject({ unchanged: 10 })
  frozen()
  await zombie
})

test('a stream whose source has no key for it is read in one go, and says so', async () => {
  const stream = { name: 'items', source: { sql: 'SELECT * FROM items' }, primaryKey: ['id'], chunkRows: 3 }
  expect(await fixture.sync([stream], { through: breakingOff() })).toMatchObject({ read: 10 })
  expect(ranges).toEqual([null])
  expect(fixture.told.lines).toContainEqual(['WARN', expect.stringContaining('is not read in chunks: the source has no primary key')])
})

describe('what was staged', () => {
  const destination = () => {
    const { host, port, user, database } = fixture.destination
    return { url: `postgres://${user}:test@${host}:${port}/${database}`, schema: 'destination' }
  }

  test('is dropped once its run will not go on', async () => {
    for (const runId of ['ended', 'active']) {
      await expect(fixture.sync([items], { runId, through: breakingOff(1) })).rejects.toThrow('broken off')
      ranges = []
    }
    expect(await fixture.leftOvers()).toHaveLength(2)
    expect(await dropAbandoned(destination(), async () => ['active'])).toBe(1)
    expect(await fixture.leftOvers()).toHaveLength(1)
    ranges = []
    await fixture.sync([items], { runId: 'active', attempt: 2, through: breakingOff() })
    expect(ranges[0]).toEqual({ after: ['9'], upTo: ['18'] })
    expect(await fixture.leftOvers()).toEqual([])
    expect(await dropAbandoned(destination(), async () => [])).toBe(0)
  })

  test('is not looked for in a destination that no run has reached', async () => {
    expect(await dropAbandoned(destination(), async () => [])).toBe(0)
  })
})

/** Keys whose order or text is not that of numbers: the source’s own order counts, whatever the destination’s is. */
const keys = [
  ['text', `chr(64 + i % 26) || CASE i % 3 WHEN 0 THEN 'ä' WHEN 1 THEN 'z''"' ELSE E'\\\\' END || i`],
  ['text COLLATE "C"', `chr(64 + i % 26) || CASE i % 2 WHEN 0 THEN 'a' ELSE 'A' END || i`],
  ['timestamptz', `timestamptz '2026-03-29 00:00+00' + i * interval '1.000001 hour'`],
  ['numeric(38, 10)', `i / 7.0`],
  ['float8', `i / 7.0`],
  ['uuid', `md5(i::text)::uuid`],
  ['bytea', `decode(md5(i::text), 'hex')`],
  ['date', `date '2020-01-01' + i`],
  ['boolean', null],
] as const

test.each(keys)('a key of the type %s splits a table', async (type, value) => {
  const rows =
    value === null ? `(VALUES (true, 1), (false, 2)) AS v (k, i)` : `(SELECT ${value} AS k, i FROM generate_series(1, 100) i) AS v`
  await fixture.source.query(`DROP TABLE items; CREATE TABLE items (k ${type}, part int, PRIMARY KEY (k, part))`)
  await fixture.source.query(`INSERT INTO items SELECT k, part FROM ${rows}, generate_series(1, 2) part`)
  await fixture.sync([{ ...items, chunkRows: 7 }], { through: breakingOff() })
  await expectEqual()
  expect(ranges).toHaveLength(value === null ? 1 : 29)
})

test('wherever attempts break off, the last one brings all rows once', async () => {
  let runs = 0
  const property = fc.asyncProperty(
    fc.integer({ min: 0, max: 40 }),
    fc.integer({ min: 1, max: 12 }),
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
    async (rows, chunkRows, breaks) => {
      await fixture.source.query(`TRUNCATE items; INSERT INTO items SELECT i, i::text FROM generate_series(1, ${rows}) i`)
      runs += 1
      const runId = `random-${runs}`
      let attempt = 0
      for (const left of breaks) {
        ranges = []
        attempt += 1
        const broken = await fixture.sync([{ ...items, chunkRows }], { runId, attempt, through: breakingOff(left) }).catch(() => null)
        if (broken === null) continue
        expect(broken.read).toBe(rows)
        return
      }
      const counts = await fixture.sync([{ ...items, chunkRows }], { runId, attempt: attempt + 1 })
      expect(counts.read).toBe(rows)
      await expectEqual()
      expect(await fixture.leftOvers()).toEqual([])
    },
  )
  await fc.assert(property, { numRuns: 40 })
})

test('the size of a chunk is chosen where it is left open', async () => {
  await fixture.sync([{ ...items, chunkRows: 'AUTO' }], { through: breakingOff() })
  expect(ranges).toEqual([{ after: null, upTo: null }])
  expect(fixture.told.lines).toContainEqual(['INFO', 'Extracting stream "items" in chunks of 500,000 rows.'])
  await expectEqual()
})

test('a new attempt begins from the first row where control totals are compared: they are of one moment', async () => {
  const [runId, summed] = ['totals', { ...items, controlTotals: ['id'] }]
  await expect(fixture.sync([summed], { runId, through: breakingOff(2) })).rejects.toThrow('broken off')
  await fixture.source.query('DELETE FROM items WHERE id = 3')
  expect(await fixture.sync([summed], { runId, attempt: 2 })).toMatchObject({ read: 9, inserted: 9 })
  expect(fixture.told.begun).toEqual([['items', 0]])
  await expectEqual()
})
