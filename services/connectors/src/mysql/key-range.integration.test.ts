import type { Source, StreamShape } from '@aiia/core/sync/source'
import { startMariadb, type TestMariadb } from '@aiia/testkit/mariadb'
import mysql, { type Connection } from 'mysql2/promise'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { collectRows } from '../testing/collected-rows.ts'
import { requestAll } from '../testing/extract.ts'
import { accessTo, streamOf } from '../testing/source-access.ts'
import { mysqlDriver } from './driver.ts'

let server: TestMariadb
let owner: Connection
let source: Source | undefined
beforeAll(async () => {
  server = await startMariadb()
  owner = await mysql.createConnection({ uri: server.url, multipleStatements: true })
  await owner.query(`
    CREATE TABLE numbers (id bigint unsigned PRIMARY KEY, n int);
    INSERT INTO numbers SELECT 18446744073709551615 - seq, seq FROM seq_0_to_24;
    CREATE TABLE items (doc decimal(12,2), pos int, what varchar(20), PRIMARY KEY (doc, pos));
    INSERT INTO items SELECT seq DIV 5 + 0.5, seq % 5, CONCAT('line ', seq) FROM seq_0_to_24;
    CREATE TABLE words (word varchar(40) COLLATE utf8mb4_general_ci, day date, PRIMARY KEY (word, day));
    INSERT INTO words SELECT CONCAT(ELT(seq % 5 + 1, 'Ähre', 'zebra', 'O''Brien', 'back\\\\slash', '🙂'), seq DIV 10), '2026-11-01' + INTERVAL seq DAY FROM seq_0_to_24;
    CREATE TABLE bytes (id binary(4) PRIMARY KEY, n int);
    INSERT INTO bytes SELECT UNHEX(LPAD(HEX(seq * 4000000), 8, '0')), seq FROM seq_0_to_24;
    CREATE TABLE moments (at datetime(6) PRIMARY KEY, n int);
    INSERT INTO moments SELECT '2026-11-01 00:00:00.5' + INTERVAL seq * 250 MICROSECOND, seq FROM seq_0_to_24;
    CREATE TABLE moods (mood enum('z', 'a') PRIMARY KEY);
    CREATE TABLE keyless (id int)`)
})
afterAll(async () => {
  await owner?.end()
  await server?.stop()
})
afterEach(async () => {
  await source?.close()
  source = undefined
})

const openWith = async (table: string): Promise<{ opened: Source; shape: StreamShape }> => {
  source = await mysqlDriver.open(accessTo(server.url))
  return { opened: source, shape: await source.describe(streamOf({ table })) }
}

/** All rows, chunk by chunk. */
const inChunks = async (table: string, size: number): Promise<string[][]> => {
  const { opened, shape } = await openWith(table)
  const stream = streamOf({ table })
  const chunks: string[][] = []
  let after: readonly string[] | null = null
  do {
    const upTo: readonly string[] | null = (await opened.boundAfter?.(stream, shape, { after, rows: size, state: null })) ?? null
    const rows = collectRows(shape.columns.length)
    const extract = opened.extract(stream, shape, requestAll(opened, shape, { rows, range: { after, upTo } }))[Symbol.asyncIterator]()
    // What it brings is in `rows`.
    while ((await extract.next()).done !== true);
    chunks.push(rows.collected.map((row) => row.join('|')))
    after = upTo
  } while (after !== null)
  return chunks
}

test.each(['numbers', 'items', 'words', 'bytes', 'moments'])('%s are read whole and in order, chunk by chunk', async (table) => {
  const whole = (await inChunks(table, 100)).flat()
  expect(whole).toHaveLength(25)
  const chunks = await inChunks(table, 4)
  expect(chunks.map((chunk) => chunk.length)).toEqual([4, 4, 4, 4, 4, 4, 1])
  expect(chunks.flat().toSorted()).toEqual(whole.toSorted())
})

test('a range uses the index', async () => {
  await owner.query('ANALYZE TABLE items')
  const [plan] = await owner.query<mysql.RowDataPacket[]>('EXPLAIN SELECT * FROM items WHERE (doc >= 2.50 AND (doc > 2.50 OR pos > 3))')
  expect(plan[0]).toMatchObject({ key: 'PRIMARY', type: 'range' })
})

test.each(['moods', 'keyless'])('%s have no key that ranges can follow', async (table) => {
  expect((await openWith(table)).shape.hasRanges).toBe(false)
})
