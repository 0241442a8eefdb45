import type { Source } from '@aiia/core/sync/source'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { startTcpProxy, type TcpProxy } from '@aiia/testkit/tcp-proxy'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSyncFixture, type SyncFixture } from './testing/sync-fixture.ts'

let server: TestPostgres
let fixture: SyncFixture
let proxies: TcpProxy[] = []
let before: string[]
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server?.stop())
beforeEach(async () => {
  fixture = await openSyncFixture(server)
  await fixture.source.query(
    `CREATE TABLE items (id int PRIMARY KEY, pad text); INSERT INTO items SELECT i, 'x' FROM generate_series(1, 100) i`,
  )
  await fixture.sync([items])
  before = await fixture.rows(fixture.destination, 'destination.items')
})
afterEach(async () => {
  await Promise.all(proxies.map((proxy) => proxy.stop()))
  proxies = []
  await fixture.close()
})

const items = { name: 'items', source: { table: 'public.items' } }
/** More than all buffers on the way hold. */
const many = {
  ...items,
  source: { sql: `SELECT i AS id, repeat(md5(i::text), 30) AS pad FROM generate_series(1, 60000) i` },
  primaryKey: ['id'],
}
const endless = { ...items, source: { sql: `SELECT 1 AS id, 'x' || pg_sleep(3600)::text AS pad` }, primaryKey: ['id'] }

const openProxy = async (): Promise<TcpProxy> => {
  const proxy = await startTcpProxy(server.port)
  proxies.push(proxy)
  return proxy
}

/** Sessions of runs at the databases of this test, and what they do. */
const sessions = async (condition = 'true'): Promise<string[]> => {
  const { rows } = await fixture.destination.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_stat_activity WHERE application_name LIKE 'AIIA Data Refresh%' AND datname = ANY ($1) AND ${condition} ORDER BY 1`,
    [[fixture.source.database, fixture.destination.database]],
  )
  return rows.map(({ name }) => name)
}
const until = (condition: string) => expect.poll(() => sessions(condition), { timeout: 10_000 }).toHaveLength(1)
const sleeping = `query LIKE 'COPY%pg_sleep%' AND state = 'active'`
const waiting = `wait_event_type = 'Lock'`

const expectNothingOfIt = async () => {
  await expect.poll(() => sessions(), { timeout: 10_000 }).toEqual([])
  expect(await fixture.rows(fixture.destination, 'destination.items')).toEqual(before)
  expect(await fixture.leftOvers()).toEqual([])
}

describe('the network to the source', () => {
  test('fails while its query is under way: CONNECTION_LOST', async () => {
    const proxy = await openProxy()
    const run = expect(fixture.sync([endless], { sourcePort: proxy.port })).rejects.toMatchObject({
      name: 'SyncError',
      code: 'CONNECTION_LOST',
      place: { step: 'EXTRACT', stream: 'items' },
    })
    await until(sleeping)
    proxy.cut()
    await run
    // The server itself notices only when it next sends something.
    await fixture.source.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${sleeping}`)
    await expectNothingOfIt()
  })

  test('fails in the middle of a row: CONNECTION_LOST', async () => {
    const proxy = await openProxy()
    proxy.cutAfter(1_000_001)
    await expect(fixture.sync([many], { sourcePort: proxy.port })).rejects.toMatchObject({ name: 'SyncError', code: 'CONNECTION_LOST' })
    await expectNothingOfIt()
  })
})

describe('the network to the destination', () => {
  test('fails in mid-stream: DESTINATION_UNAVAILABLE', async () => {
    const proxy = await openProxy()
    const through = (source: Source): Source => ({
      ...source,
      extract: async function* (stream, shape, range) {
        for await (const chunk of source.extract(stream, shape, range)) {
          yield chunk
          proxy.cut()
        }
      },
    })
    await expect(fixture.sync([many], { destinationPort: proxy.port, through })).rejects.toMatchObject({
      name: 'SyncError',
      code: 'DESTINATION_UNAVAILABLE',
      place: { step: 'EXTRACT', stream: 'items' },
    })
    await expectNothingOfIt()
  })

  test.each([
    [
      'while the source signs in',
      (source: Source, cut: () => void): Source => {
        cut()
        return source
      },
    ],
    [
      'while the source is looked up',
      (source: Source, cut: () => void): Source => ({
        ...source,
        describe: async (stream) => {
          const shape = await source.describe(stream)
          cut()
          return shape
        },
      }),
    ],
  ])('fails %s: DESTINATION_UNAVAILABLE', async (_, cutIn) => {
    const proxy = await openProxy()
    const run = fixture.sync([many], { destinationPort: proxy.port, through: (source) => cutIn(source, proxy.cut) })
    await expect(run).rejects.toMatchObject({ code: 'DESTINATION_UNAVAILABLE', place: { step: 'DISCOVER', stream: 'items' } })
    await expectNothingOfIt()
  })

  test('is not there: DESTINATION_UNAVAILABLE, and the source is left alone', async () => {
    const proxy = await openProxy()
    await proxy.refuse()
    const run = fixture.sync([endless], { destinationPort: proxy.port })
    await expect(run).rejects.toMatchObject({ code: 'DESTINATION_UNAVAILABLE', place: { step: 'CONNECT' } })
    await expectNothingOfIt()
  })
})

test('a sign-in that the source refuses leaves no session at the destination', async () => {
  await expect(fixture.sync([items], { password: 'wrong' })).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  await expectNothingOfIt()
})

describe('while the match waits for a table that somebody has locked', () => {
  let other: pg.Client
  beforeEach(async () => {
    await fixture.source.query(`UPDATE items SET pad = 'other'`)
    other = new pg.Client({
      host: '127.0.0.1',
      port: server.port,
      user: 'postgres',
      password: 'test',
      database: fixture.destination.database,
    })
    await other.connect()
    await other.query('BEGIN; LOCK TABLE destination.items IN SHARE MODE')
  })
  afterEach(() => other.end())

  test('an abort ends the wait', async () => {
    const abort = new AbortController()
    const run = expect(fixture.sync([items], { signal: abort.signal })).rejects.toBeInstanceOf(Error)
    await until(waiting)
    abort.abort()
    await run
    await expectNothingOfIt()
  })

  test('a destination that ends the session is DESTINATION_UNAVAILABLE', async () => {
    const run = expect(fixture.sync([items])).rejects.toMatchObject({ name: 'SyncError', code: 'DESTINATION_UNAVAILABLE' })
    await until(waiting)
    await other.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${waiting}`)
    await run
    await expectNothingOfIt()
  })

  test('readers see the rows as they were, and afterwards the new ones', async () => {
    const run = fixture.sync([items])
    await until(waiting)
    expect(await fixture.rows(other, 'destination.items')).toEqual(before)
    await other.query('COMMIT')
    expect(await run).toMatchObject({ updated: 100 })
    expect(await fixture.rows(other, 'destination.items')).toEqual(await fixture.rows(fixture.source, 'items'))
  })
})

describe('an abort', () => {
  test('of a refresh whose source is still computing ends both sides', async () => {
    const abort = new AbortController()
    const run = expect(fixture.sync([endless], { signal: abort.signal })).rejects.toBeInstanceOf(Error)
    await until(sleeping)
    abort.abort()
    await run
    await expectNothingOfIt()
  })

  test('in the second stream leaves the first committed', async () => {
    await fixture.source.query(`UPDATE items SET pad = 'new'`)
    const abort = new AbortController()
    const second = { ...endless, name: 'second', destinationTable: 'second' }
    const run = expect(fixture.sync([items, second], { signal: abort.signal })).rejects.toBeInstanceOf(Error)
    await until(sleeping)
    abort.abort()
    await run
    before = await fixture.rows(fixture.source, 'items')
    await expectNothingOfIt()
    expect((await fixture.destination.query(`SELECT to_regclass('destination.second') AS made`)).rows).toEqual([{ made: null }])
  })

  test('that came before the run lets nothing happen', async () => {
    await fixture.source.query('DELETE FROM items')
    await expect(fixture.sync([items], { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(Error)
    await expectNothingOfIt()
  })
})
