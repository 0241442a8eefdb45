import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { cancelQuery } from './cancel-query.ts'
import { startCopyIn } from './copy-in.ts'
import { copyOut } from './copy-out.ts'
import { ConnectionLostError, ServerError } from './server-error.ts'

let server: TestPostgres
let [from, to]: pg.Client[] = []
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const connect = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: server.url })
  client.on('error', () => {})
  await client.connect()
  return client
}
beforeEach(async () => {
  ;[from, to] = await Promise.all([connect(), connect()])
})
afterEach(async () => {
  await Promise.all([from?.end(), to?.end()])
})

/** Moves the rows of a query into a new table, and tells what was counted on the way. */
const move = async (query: string, table: string) => {
  if (from === undefined || to === undefined) throw new Error('not connected')
  await to.query(`DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} AS ${query} LIMIT 0`)
  const sink = await startCopyIn(to, `COPY ${table} FROM STDIN (FORMAT binary)`)
  const seen = { rows: 0, bytes: 0, pieces: 0 }
  for await (const { data, rows, bytes } of copyOut(from, `COPY (${query}) TO STDOUT (FORMAT binary)`)) {
    await sink.write(data)
    seen.rows += rows
    seen.bytes += bytes
    seen.pieces += 1
  }
  return { ...seen, taken: await sink.finish() }
}

test('rows arrive as they were and are counted, and both clients are usable again', async () => {
  const query = `SELECT i, 'row ' || i AS words, i / 3.0 AS part, CASE WHEN i % 2 = 0 THEN now() END AS at FROM generate_series(1, 200000) i`
  const { rows, taken, bytes, pieces } = await move(query, 'moved')
  expect({ rows, taken }).toEqual({ rows: 200_000, taken: 200_000 })
  expect(pieces).toBeGreaterThan(10)
  expect(bytes).toBeGreaterThan(200_000 * 20)
  expect((await from?.query('SELECT 1 AS one'))?.rows).toEqual([{ one: 1 }])
  expect((await to?.query('SELECT count(*)::int AS rows, sum(i)::bigint AS sum FROM moved'))?.rows).toEqual([
    { rows: 200_000, sum: '20000100000' },
  ])
})

test.each([
  ['no row', 'SELECT 1 AS i WHERE false', 0],
  ['one row', 'SELECT 1 AS i', 1],
  ['a row of nothing but nulls', 'SELECT NULL::int AS i, NULL::text AS t', 1],
  ['rows of 10 MB', `SELECT i, repeat('x', 10000000) AS t FROM generate_series(1, 3) i`, 3],
])('%s', async (_what, query, expected) => {
  expect(await move(query, 'few')).toMatchObject({ rows: expected, taken: expected })
})

test('an error in mid-stream is the server’s own, and the client is usable again', async () => {
  if (from === undefined) throw new Error('not connected')
  const pieces = copyOut(from, 'COPY (SELECT 100 / (50000 - i) FROM generate_series(1, 60000) i) TO STDOUT (FORMAT binary)')
  const drain = async () => {
    let rows = 0
    for await (const piece of pieces) rows += piece.rows
    return rows
  }
  await expect(drain()).rejects.toMatchObject({ name: 'ServerError', code: '22012', message: 'division by zero' })
  expect((await from.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }])
})

test('a second statement behind the first is refused', async () => {
  if (from === undefined) throw new Error('not connected')
  const pieces = copyOut(from, 'COPY (SELECT 1) TO STDOUT (FORMAT binary); DROP TABLE IF EXISTS moved')
  await expect(pieces.next()).rejects.toThrow(ServerError)
})

test('a cancel from beside ends it with 57014', async () => {
  const client = from
  if (client === undefined) throw new Error('not connected')
  const pieces = copyOut(client, 'COPY (SELECT 1 AS i, pg_sleep(60)::text) TO STDOUT (FORMAT binary)')
  const first = pieces.next()
  const observed = expect(first).rejects.toMatchObject({ code: '57014' })
  await expect
    .poll(async () => (await to?.query(`SELECT 1 FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT 1 AS i, pg_sleep%'`))?.rowCount)
    .toBe(1)
  await cancelQuery(client)
  await observed
})

test('a connection that is cut in mid-stream is told as lost', async () => {
  if (from === undefined) throw new Error('not connected')
  const pieces = copyOut(from, 'COPY (SELECT i, repeat(md5(i::text), 30) FROM generate_series(1, 10000000) i) TO STDOUT (FORMAT binary)')
  await pieces.next()
  await to?.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT i, repeat%' AND pid <> pg_backend_pid()`,
  )
  const drain = async () => {
    for await (const piece of pieces) expect(piece.rows).toBeGreaterThanOrEqual(0)
  }
  const error = await drain().catch((thrown: unknown) => thrown)
  expect(error instanceof ConnectionLostError || (error instanceof ServerError && error.code === '57P01')).toBe(true)
})

test('leaving early takes the connection, and with it the query, away', async () => {
  if (from === undefined) throw new Error('not connected')
  for await (const piece of copyOut(from, 'COPY (SELECT generate_series(1, 100000000)) TO STDOUT (FORMAT binary)')) {
    expect(piece.rows).toBeGreaterThan(0)
    break
  }
  await expect
    .poll(
      async () =>
        (await to?.query(`SELECT 1 FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT generate_series%' AND pid <> pg_backend_pid()`))
          ?.rowCount,
    )
    .toBe(0)
  from = await connect()
})

test('a COPY that is broken off in the middle of a message ends at once, and leaves nothing', async () => {
  if (from === undefined || to === undefined) throw new Error('not connected')
  await to.query('DROP TABLE IF EXISTS kept; CREATE TABLE kept (i int)')
  const sink = await startCopyIn(to, 'COPY kept FROM STDIN (FORMAT binary)')
  for await (const { data } of copyOut(from, 'COPY (SELECT 1) TO STDOUT (FORMAT binary)')) await sink.write(data.subarray(0, -3))
  await sink.abort()
  await expect(to.query('SELECT 1')).rejects.toBeInstanceOf(Error)
  await expect
    .poll(
      async () => (await from?.query(`SELECT FROM pg_stat_activity WHERE query LIKE 'COPY kept%' AND pid <> pg_backend_pid()`))?.rowCount,
    )
    .toBe(0)
  expect((await from.query('SELECT * FROM kept')).rows).toEqual([])
  to = await connect()
})

test('rows that the destination refuses are told with its SQLSTATE', async () => {
  if (from === undefined || to === undefined) throw new Error('not connected')
  await to.query('DROP TABLE IF EXISTS strict; CREATE TABLE strict (i int PRIMARY KEY)')
  const sink = await startCopyIn(to, 'COPY strict FROM STDIN (FORMAT binary)')
  for await (const { data } of copyOut(from, 'COPY (SELECT 1 UNION ALL SELECT 1) TO STDOUT (FORMAT binary)')) await sink.write(data)
  await expect(sink.finish()).rejects.toMatchObject({ code: '23505' })
  expect((await to.query('SELECT 3 AS three')).rows).toEqual([{ three: 3 }])
})
