import type { CopyChunk, ExtractRequest, Source } from '@aiia/core/sync/source'
import { startCopyIn } from '@aiia/pg-copy/copy-in'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { requestAll } from '../testing/extract.ts'
import { accessTo, streamOf } from '../testing/source-access.ts'
import { postgresDriver } from './driver.ts'

const rows = 20_000

let server: TestPostgres
let owner: pg.Client
let lines: string[]
beforeAll(async () => {
  server = await startPostgres()
  owner = new pg.Client({ connectionString: server.url })
  await owner.connect()
  await owner.query(`
    CREATE TABLE items AS SELECT i AS id, 'item ' || i AS name FROM generate_series(1, ${rows}) i;
    CREATE TABLE parted (id int, region text) PARTITION BY LIST (region);
    CREATE TABLE parted_north PARTITION OF parted FOR VALUES IN ('north');
    CREATE TABLE parted_south (region text, gone int, id int);
    ALTER TABLE parted_south DROP COLUMN gone;
    ALTER TABLE parted ATTACH PARTITION parted_south FOR VALUES IN ('south');
    INSERT INTO parted SELECT i, CASE WHEN i % 50 = 0 THEN 'south' ELSE 'north' END FROM generate_series(1, ${rows}) i;
    CREATE TABLE parent AS SELECT i AS id FROM generate_series(1, 10) i;
    CREATE TABLE child () INHERITS (parent);
    INSERT INTO child SELECT i FROM generate_series(11, ${rows}) i;
    CREATE MATERIALIZED VIEW summed AS SELECT * FROM items;
    CREATE TABLE moving AS SELECT * FROM items;
    CREATE TABLE large AS SELECT i AS id, repeat(md5(i::text), 20) AS name FROM generate_series(1, 100000) i;
    CREATE VIEW viewed AS SELECT * FROM items;
    CREATE ROLE reader LOGIN PASSWORD 'reader' CONNECTION LIMIT 2;
    GRANT SELECT ON items TO reader;
    CREATE TABLE grown AS SELECT i AS id FROM generate_series(1, 5000) i;
    ANALYZE;
    INSERT INTO grown SELECT i FROM generate_series(5001, ${rows}) i`)
})
afterAll(async () => {
  await owner?.end()
  await server?.stop()
})

let source: Source
const open = async (url = server.url, signal = new AbortController().signal): Promise<Source> =>
  postgresDriver.open({ ...accessTo(url), signal, log: (_level, line) => lines.push(line) })
beforeEach(async () => {
  lines = []
  source = await open()
})
afterEach(async () => {
  await source.close()
})

/** Those that the source has of us. */
const sessions = async (): Promise<number> =>
  (await owner.query<{ open: number }>(`SELECT count(*)::int AS open FROM pg_stat_activity WHERE application_name LIKE 'AIIA%'`)).rows[0]
    ?.open ?? 0

const extract = async function* (table: string, changes: Partial<ExtractRequest>): AsyncGenerator<CopyChunk, void, void> {
  const stream = streamOf({ table })
  const shape = await source.describe(stream)
  yield* source.extract(stream, shape, requestAll(source, shape, changes))
}

/** What the chunks fill a table with. */
const readInto = async (table: string, changes: Partial<ExtractRequest>): Promise<{ rows: number; equal: boolean }> => {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    await client.query(`CREATE TEMP TABLE arrived AS SELECT * FROM ${table} LIMIT 0`)
    const sink = await startCopyIn(client, 'COPY arrived FROM STDIN (FORMAT binary)')
    let counted = 0
    for await (const { data, rows: ended } of extract(table, changes)) {
      await sink.write(data)
      counted += ended
    }
    expect(await sink.finish()).toBe(counted)
    const { rows: differing } = await client.query(
      `(SELECT * FROM arrived EXCEPT ALL SELECT * FROM ${table}) UNION ALL (SELECT * FROM ${table} EXCEPT ALL SELECT * FROM arrived) LIMIT 1`,
    )
    return { rows: counted, equal: differing.length === 0 }
  } finally {
    await client.end()
  }
}

test.each(['items', 'parted', 'parent', 'summed', 'grown'])('all rows of %s arrive once, read by four sessions', async (table) => {
  expect(await readInto(table, { parallel: 4 })).toEqual({ rows, equal: true })
  expect(lines).toContainEqual(expect.stringContaining('read by 4 sessions at once'))
})

test.each([
  ['a view', 'viewed', {}, 'no table whose pages'],
  ['what is new', 'items', { since: { column: 'id', value: '0', inclusive: false } }, 'only what is new'],
])('%s is read by one session, and the log says why', async (_what, table, changes, why) => {
  expect(await readInto(table, { parallel: 4, ...changes })).toEqual({ rows, equal: true })
  expect(lines).toContainEqual(expect.stringContaining(why))
})

test('a small table is read by one session unless more are wished for', async () => {
  expect(await readInto('items', {})).toEqual({ rows, equal: true })
  expect(lines.filter((line) => line.includes('sessions'))).toEqual([])
})

test('all sessions see the moment at which the first one has begun', async () => {
  const stream = streamOf({ table: 'moving' })
  const shape = await source.describe(stream)
  await owner.query(`INSERT INTO moving SELECT i, 'late' FROM generate_series(1, ${rows}) i; DELETE FROM moving WHERE id % 2 = 0`)
  let counted = 0
  for await (const chunk of source.extract(stream, shape, requestAll(source, shape, { parallel: 4 }))) counted += chunk.rows
  expect(counted).toBe(rows)
})

test('where the source gives no more sessions, those that it gave read everything', async () => {
  await source.close()
  const url = new URL(server.url)
  ;[url.username, url.password] = ['reader', 'reader']
  source = await open(url.href)
  expect(await readInto('items', { parallel: 4 })).toEqual({ rows, equal: true })
  expect(lines).toContainEqual(expect.stringContaining('with a session less'))
})

test('a cancel ends all sessions', async () => {
  await source.close()
  const cancel = new AbortController()
  source = await open(server.url, cancel.signal)
  const reading = (async () => {
    for await (const chunk of extract('large', { parallel: 4 })) if (chunk.rows > 0) cancel.abort(new Error('cancelled'))
  })()
  await expect(reading).rejects.toThrow('cancel')
  await expect.poll(sessions).toBe(0)
})

test('where one session is ended by the server, the extract fails, and the others end', async () => {
  const reading = (async () => {
    let ended = false
    for await (const chunk of extract('large', { parallel: 3 })) {
      if (ended || chunk.rows === 0) continue
      const { rowCount } = await owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'AIIA%' AND state = 'active' LIMIT 1`,
      )
      ended = rowCount === 1
    }
  })()
  await expect(reading).rejects.toMatchObject({ code: expect.stringMatching(/^(SOURCE_UNAVAILABLE|CONNECTION_LOST)$/) })
  await expect.poll(sessions).toBe(0)
})
