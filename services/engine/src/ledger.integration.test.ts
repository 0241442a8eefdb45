import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
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
    `CREATE TABLE orders (id int PRIMARY KEY, name text); INSERT INTO orders SELECT i, 'Order ' || i FROM generate_series(1, 100) i`,
  )
  await fixture.destination.query('CREATE TABLE leases (stream text); CREATE SCHEMA destination')
})
afterEach(() => fixture.close())

const orders = { name: 'orders', source: { table: 'public.orders' } }
const parts = { name: 'parts', source: { sql: 'SELECT 6 / n AS part, n FROM divisors ORDER BY n DESC' } }
const grant = (stream: string) => fixture.destination.query('INSERT INTO leases VALUES ($1)', [stream])
const versions = async (table: string) =>
  (await fixture.destination.query(`SELECT ctid::text, xmin::text, * FROM destination.${table} ORDER BY id`)).rows
const exists = async (table: string) =>
  (await fixture.destination.query('SELECT to_regclass($1) IS NOT NULL AS made', [`destination.${table}`])).rows[0]?.made

/** A stream may be committed for each of its leases, which its commit uses up. */
const leased: CommitGuard = async (transaction, commit, receipt) => {
  const { rowCount } = await transaction.query(
    'DELETE FROM public.leases WHERE ctid = (SELECT ctid FROM public.leases WHERE stream = $1 LIMIT 1)',
    [receipt?.stream],
  )
  if (rowCount !== 1) throw new LeaseLostError(`No lease for stream "${receipt?.stream}".`)
  await commit()
}

describe('after an attempt that committed one stream and failed at the next', () => {
  beforeEach(async () => {
    await fixture.source.query('CREATE TABLE divisors (n int); INSERT INTO divisors VALUES (1), (2), (0)')
    // It divides by zero in the second stream.
    await fixture.sync([orders, parts], { runId: 'run' }).catch(() => {})
    await fixture.source.query('DELETE FROM divisors WHERE n = 0')
  })

  test('the failed stream has left nothing', async () => {
    expect([await exists('orders'), await exists('parts')]).toEqual([true, false])
    expect(await fixture.leftOvers()).toEqual([])
  })

  test('each later attempt counts both streams, once', async () => {
    const whole = { read: 102, inserted: 102, updated: 0, unchanged: 0, deleted: 0 }
    expect(await fixture.sync([orders, parts], { runId: 'run', attempt: 2 })).toMatchObject(whole)
    expect(await fixture.sync([orders, parts], { runId: 'run', attempt: 3 })).toMatchObject(whole)
    expect(fixture.told.lines.filter(([, message]) => message.includes('committed by attempt'))).toEqual([
      ['INFO', expect.stringContaining('"orders" was committed by attempt 1')],
      ['INFO', expect.stringContaining('"parts" was committed by attempt 2')],
    ])
  })

  test('the committed stream is not looked up again, whatever became of its source', async () => {
    await fixture.source.query('DROP TABLE orders')
    const before = await versions('orders')
    expect(await fixture.sync([orders, parts], { runId: 'run', attempt: 2 })).toMatchObject({ read: 102 })
    expect(await versions('orders')).toEqual(before)
  })

  test('the rows that are expected are those of both', async () => {
    await fixture.source.query('ANALYZE divisors')
    expect(await fixture.sync([orders, parts], { runId: 'run', attempt: 2 })).toMatchObject({ read: 102, expected: 102 })
  })

  test('another run of the same connector reads both', async () => {
    expect(await fixture.sync([orders, parts], { runId: 'other' })).toMatchObject({ read: 102, inserted: 2, unchanged: 100 })
  })
})

describe('where the guard refuses', () => {
  test('a first fill leaves no table', async () => {
    await expect(fixture.sync([orders], { guard: leased })).rejects.toThrow(LeaseLostError)
    expect(await exists('orders')).toBe(false)
    expect(await fixture.leftOvers()).toEqual([])
  })

  test.each([
    ['matched', null],
    ['replaced', []],
  ])('a table that would be %s keeps its very rows', async (_what, primaryKey) => {
    const stream = { ...orders, primaryKey }
    await fixture.sync([stream])
    const before = await versions('orders')
    await fixture.source.query(`UPDATE orders SET name = 'other' WHERE id < 10; DELETE FROM orders WHERE id > 90`)
    await expect(fixture.sync([stream], { guard: leased })).rejects.toThrow(LeaseLostError)
    expect(await versions('orders')).toEqual(before)
    expect(await fixture.leftOvers()).toEqual([])
  })

  test('a column that the source has gained is not added', async () => {
    await fixture.sync([orders])
    await fixture.source.query('ALTER TABLE orders ADD COLUMN price numeric')
    await expect(fixture.sync([orders], { guard: leased })).rejects.toThrow(LeaseLostError)
    expect(Object.keys((await versions('orders'))[0])).not.toContain('price')
  })

  test('the stream that it let through before stays, and the log says which', async () => {
    await grant('orders')
    const both = [orders, { name: 'copies', source: { table: 'public.orders' } }]
    await expect(fixture.sync(both, { guard: leased })).rejects.toThrow('No lease for stream "copies".')
    expect(await versions('orders')).toHaveLength(100)
    expect(await exists('copies')).toBe(false)
    expect(fixture.told.lines.filter(([, message]) => message.includes('committed'))).toEqual([
      ['INFO', 'Stream "orders" committed to destination.orders.'],
    ])
  })

  test('the ledger has no entry, so that the next attempt does the stream', async () => {
    await expect(fixture.sync([orders], { runId: 'run', guard: leased })).rejects.toThrow(LeaseLostError)
    await grant('orders')
    expect(await fixture.sync([orders], { runId: 'run', attempt: 2, guard: leased })).toMatchObject({ read: 100, inserted: 100 })
  })

  test('what the guard itself wrote is undone with the rest', async () => {
    const hasty: CommitGuard = async (transaction) => {
      await transaction.query('INSERT INTO public.leases VALUES ($1)', ['hasty'])
      throw new LeaseLostError('Lost after all.')
    }
    await expect(fixture.sync([orders], { guard: hasty })).rejects.toThrow('Lost after all.')
    expect((await fixture.destination.query('SELECT FROM leases')).rowCount).toBe(0)
  })
})

test('a table that is missing at the source is found before any stream is read', async () => {
  await expect(fixture.sync([orders, { name: 'gone', source: { table: 'public.gone' } }])).rejects.toMatchObject({ code: 'COLUMN_MISSING' })
  expect(fixture.told.steps.filter(({ kind, status }) => kind === 'EXTRACT' && status !== 'PENDING')).toEqual([])
  expect(await exists('orders')).toBe(false)
})

test('what was committed, and not noted, is noted by the next attempt', async () => {
  const breaking: CommitGuard = async (_transaction, commit) => {
    await commit()
    throw new Error('gone between the two')
  }
  await expect(fixture.sync([orders], { runId: 'run', guard: breaking })).rejects.toThrow('gone between the two')
  const noted: unknown[] = []
  const noting: CommitGuard = async (_transaction, commit, receipt) => {
    noted.push(receipt)
    await commit()
  }
  expect(await fixture.sync([orders], { runId: 'run', attempt: 2, guard: noting })).toMatchObject({ read: 100, inserted: 100 })
  expect(noted).toMatchObject([{ stream: 'orders', mode: 'FULL_REFRESH', counts: { read: 100, inserted: 100 } }])
})

test('a destination of an earlier release gets what the ledger has been given since', async () => {
  await fixture.sync([orders])
  await fixture.destination.query('ALTER TABLE destination_staging.ledger DROP COLUMN receipt')
  expect(await fixture.sync([orders])).toMatchObject({ unchanged: 100 })
})

test('what is not kept is not committed: the rejected rows come first', async () => {
  const stopped = new Error('stopped while they were kept')
  const refused = fixture.sync([orders], { kept: () => Promise.reject(stopped), guard: (_transaction, commit) => commit() })
  await expect(refused).rejects.toThrow('stopped while they were kept')
  expect(await exists('orders')).toBe(false)
})
