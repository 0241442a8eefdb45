import type { Source } from '@aiia/core/sync/source'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requestAll } from '../testing/extract.ts'
import { accessTo, streamOf } from '../testing/source-access.ts'
import { postgresDriver } from './driver.ts'

let server: TestPostgres
let owner: pg.Client
let source: Source
beforeAll(async () => {
  server = await startPostgres()
  owner = new pg.Client({ connectionString: server.url })
  await owner.connect()
  await owner.query('CREATE TABLE items (id int PRIMARY KEY, name text)')
})
afterAll(async () => {
  await owner?.end()
  await server?.stop()
})
beforeEach(async () => {
  source = await postgresDriver.open(accessTo(server.url))
})
afterEach(() => source.close())

const ofSql = (sql: string) => streamOf({ sql })
const ofTable = (table: string) => streamOf({ table })
const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('It was accepted.')
    },
    (error: { code?: string; message: string }) => ({ code: error.code, message: error.message }),
  )
const typesOf = async (table: string) => (await source.describe(ofTable(table))).columns.map(({ sourceType, type }) => [sourceType, type])

describe('types', () => {
  test('a domain is read as the type under it, however deep, with the modifier that counts', async () => {
    await owner.query(`
      CREATE DOMAIN amount AS numeric(15,2); CREATE DOMAIN net_amount AS amount CHECK (value >= 0); CREATE DOMAIN lowest AS net_amount;
      CREATE TABLE domains (a amount, b net_amount, c lowest[], d varchar(7)[])`)
    expect(await typesOf('domains')).toEqual([
      ['amount', 'numeric(15,2)'],
      ['net_amount', 'numeric(15,2)'],
      ['lowest[]', 'numeric(15,2)[]'],
      ['character varying(7)[]', 'character varying(7)[]'],
    ])
  })

  test('money is read as a number, a type of the server’s own as text', async () => {
    await owner.query(`CREATE TYPE mood AS ENUM ('good'); CREATE TABLE odd (a money, b money[], c mood, d mood[], e oid)`)
    expect((await typesOf('odd')).map(([, type]) => type)).toEqual(['numeric', 'numeric[]', 'text', 'text[]', 'text'])
  })

  test('the columns of custom SQL have the same types as those of the table', async () => {
    await owner.query('CREATE DOMAIN code AS varchar(4); CREATE TABLE plain (id int, code code, price numeric(9,3), at timestamptz(3)[])')
    const table = await source.describe(ofTable('plain'))
    const custom = await source.describe(ofSql('SELECT * FROM plain'))
    expect(custom.columns.map(({ type }) => type)).toEqual(table.columns.map(({ type }) => type))
  })

  test('discovery tells the types and the key that describe tells', async () => {
    await owner.query(
      'CREATE SCHEMA "Other"; CREATE DOMAIN "Other".tax AS numeric(5,3); CREATE TABLE "Other"."Täble" (b int, a "Other".tax, PRIMARY KEY (a, b))',
    )
    const found = (await postgresDriver.discover(accessTo(server.url))).find(({ name }) => name === 'Other_Täble')
    expect(found).toMatchObject({ source: { table: '"Other"."Täble"' }, primaryKey: ['a', 'b'] })
    const described = await source.describe(streamOf(found?.source))
    expect(found?.columns).toEqual(described.columns)
  })
})

describe('custom SQL', () => {
  test('a statement that would run something is refused, and has not run', async () => {
    await owner.query('CREATE SEQUENCE touched')
    for (const sql of [`ANALYZE SELECT nextval('touched')`, `(VERBOSE, ANALYZE) SELECT nextval('touched')`, 'ANALYZE items']) {
      expect(await refusal(source.describe(ofSql(sql)))).toMatchObject({ code: 'INVALID_QUERY' })
    }
    expect((await owner.query('SELECT is_called FROM touched')).rows).toEqual([{ is_called: false }])
  })

  test.each([
    ['select 1 as id; -- that is all', 1],
    ['table items', 2],
    ['values (1, 2)', 2],
    ['with a as (select 1 as id) select id from a /* last */ ;', 1],
  ])('%s is accepted', async (sql, columns) => {
    expect((await source.describe(ofSql(sql))).columns).toHaveLength(columns)
  })

  test.each([
    ['select nme\nfrom items', 'line 1, column 8'],
    ["select '🙂🙂' as a,\n '🙂' as b, nme from items", 'line 2, column 12'],
    ['\n\nselect id frm items where', 'line 3'],
    ['select $1 as id', 'parameter'],
    ['select 1 as a, 2 as a', '"a"'],
    ['delete from items returning id', 'line 1'],
    ['select 1; select 2', 'one statement'],
    ['', 'syntax'],
  ])('%j is INVALID_QUERY that tells: %s', async (sql, told) => {
    const found = await refusal(source.describe(ofSql(sql || ';')))
    expect(found.code).toBe('INVALID_QUERY')
    expect(found.message).toContain(told)
  })

  test('the planner’s estimate is what is expected', async () => {
    expect((await source.describe(ofSql('SELECT i FROM generate_series(1, 5000) i'))).expectedRows).toBe(5_000)
  })

  test('one that is refused leaves the session usable for the next', async () => {
    await refusal(source.describe(ofSql('select nme from items')))
    await refusal(source.describe(ofTable('gone')))
    expect((await source.describe(ofTable('items'))).primaryKey).toEqual(['id'])
    expect((await source.describe(ofSql('select id from items'))).columns).toHaveLength(1)
  })
})

describe('failures', () => {
  const drain = async (stream: ReturnType<typeof ofSql>) => {
    const shape = await source.describe(stream)
    for await (const _ of source.extract(stream, shape, requestAll(source, shape)));
  }
  const killSource = () =>
    owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'AIIA Data Refresh'`)
  const gone = () =>
    expect
      .poll(async () => (await owner.query(`SELECT FROM pg_stat_activity WHERE application_name = 'AIIA Data Refresh'`)).rowCount)
      .toBe(0)

  test('a connection that dies while idle is CONNECTION_LOST at the next look', async () => {
    await killSource()
    await gone()
    expect(await refusal(source.describe(ofTable('items')))).toMatchObject({
      code: expect.stringMatching(/^(CONNECTION_LOST|SOURCE_UNAVAILABLE)$/),
    })
  })

  test('a connection that dies between describe and extract ends the extract', async () => {
    const shape = await source.describe(ofTable('items'))
    await killSource()
    await gone()
    const extract = source.extract(ofTable('items'), shape, requestAll(source, shape))[Symbol.asyncIterator]().next()
    expect(await refusal(extract)).toMatchObject({ code: expect.stringMatching(/^(CONNECTION_LOST|SOURCE_UNAVAILABLE)$/) })
  })

  test('a view that divides by zero is INVALID_QUERY, not a matter of the protocol', async () => {
    await owner.query('CREATE VIEW broken AS SELECT 1 / (5 - i) AS part FROM generate_series(1, 9) i')
    expect(await refusal(drain(ofTable('broken')))).toMatchObject({
      code: 'INVALID_QUERY',
      message: expect.stringContaining('division by zero'),
    })
  })

  test('a table that somebody has locked is SOURCE_UNAVAILABLE', async () => {
    const other = new pg.Client({ connectionString: server.url })
    await other.connect()
    await other.query('CREATE TABLE held (id int)')
    await other.query('BEGIN; LOCK TABLE held IN ACCESS EXCLUSIVE MODE')
    const impatient = await postgresDriver.open(accessTo(server.url, { settings: { statementTimeoutSeconds: 1 } }))
    const found = await refusal(impatient.describe(ofSql('select * from held')))
    await Promise.all([impatient.close(), other.end()])
    expect(found).toMatchObject({ code: 'SOURCE_UNAVAILABLE', message: expect.stringContaining('statement timeout') })
  })

  test('an abort ends the query at the server', async () => {
    const abort = new AbortController()
    const aborted = await postgresDriver.open(accessTo(server.url, { signal: abort.signal }))
    const stream = ofSql('select pg_sleep(3600)')
    const shape = await aborted.describe(stream)
    const next = refusal(aborted.extract(stream, shape, requestAll(aborted, shape))[Symbol.asyncIterator]().next())
    const sleeping = () =>
      owner.query(`SELECT FROM pg_stat_activity WHERE query LIKE 'COPY%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()`)
    await expect.poll(async () => (await sleeping()).rowCount).toBe(1)
    abort.abort()
    await next
    await expect.poll(async () => (await sleeping()).rowCount).toBe(0)
    await aborted.close()
  })
})

test('all streams of a session show the same moment', async () => {
  await owner.query('CREATE TABLE moment AS SELECT 1 AS id')
  const stream = ofTable('moment')
  const shape = await source.describe(stream)
  await owner.query('INSERT INTO moment SELECT generate_series(2, 10)')
  let rows = 0
  for await (const piece of source.extract(stream, shape, requestAll(source, shape))) rows += piece.rows
  expect(rows).toBe(1)
})
