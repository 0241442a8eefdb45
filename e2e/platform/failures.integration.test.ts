import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { freePort } from '@aiia/testkit/free-port'
import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createConnector, openDatabase, readLog, sync, type TestSource, triggerSync, untilEnded } from './source.ts'

let platform: Platform
let source: TestSource
beforeAll(async () => {
  platform = await startPlatform({ backend: 'postgres' })
  source = await openDatabase(await platform.postgres.createDatabase())
  await source.query(`CREATE TABLE items (id int PRIMARY KEY, name text); CREATE TABLE hidden (id int PRIMARY KEY)`)
  await source.query(`CREATE ROLE reader LOGIN PASSWORD 'reader-password'; GRANT SELECT ON items TO reader`)
})
afterAll(async () => {
  await source?.end()
  await platform?.stop()
})

type Options = {
  stream?: object
  /** Further settings of the stream. */
  with?: object
  others?: { name: string; source: object }[]
  settings?: object
  password?: string
  limits?: object
  /** Between the connector and its run. */
  before?: () => Promise<unknown>
}

/** Runs a connector that must fail, and holds the run to what every failure owes its reader. */
const fail = async (name: string, options: Options, meanwhile: (id: string) => Promise<unknown> = async () => {}) => {
  const connector = await createConnector(platform, source, {
    name,
    streams: [{ name, source: options.stream ?? { table: 'public.items' }, ...options.with }, ...(options.others ?? [])],
    limits: { maxAttempts: 1, ...options.limits },
    settings: options.settings ?? {},
    ...(options.password === undefined ? {} : { password: options.password }),
  })
  await options.before?.()
  const id = await triggerSync(platform, connector)
  const ended = untilEnded(platform, id)
  await meanwhile(id)
  const run = await ended
  const log = await readLog(platform, run.id)
  expect(run.failure?.rootCause).toMatch(/\.$/)
  expect(run.failure?.resolution).toMatch(/\.$/)
  expect(log.at(-2)?.text).toBe(`${log.at(-2)?.text.slice(0, 21)} ERROR: ${run.failure?.message}`)
  expect(log.at(-1)?.text).toMatch(new RegExp(`FATAL: Job aborted with state ${run.status}\\.$`))
  return run
}

test('no answer in time is CONNECTION_TIMEOUT, in the words of the document', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const run = await fail('timeout', { settings: { port }, limits: { connectTimeoutSeconds: 1 } })
  silent.close()
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'CONNECTION_TIMEOUT' } })
  expect(run.failure?.message).toBe(`Connection timeout. Unable to reach 127.0.0.1:${port} after 1 second.`)
})

test('a closed port is CONNECTION_REFUSED', async () => {
  const port = await freePort()
  const run = await fail('refused', { settings: { port } })
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'CONNECTION_REFUSED' } })
  expect(run.failure?.message).toContain(`127.0.0.1:${port}`)
})

test('an unknown host is HOST_NOT_FOUND', async () => {
  const run = await fail('unknown-host', { settings: { host: 'erp.invalid' } })
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'HOST_NOT_FOUND' } })
  expect(run.failure?.message).toContain('erp.invalid')
})

test('a wrong password is INVALID_CREDENTIALS, and is told nowhere', async () => {
  const run = await fail('password', { settings: { user: 'reader' }, password: 'canary-4711-wrong' })
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'INVALID_CREDENTIALS' } })
  const outputs = Object.values(platform.processes).map((process) => process.output())
  const { rows: dump } = await platform.dump()
  for (const text of [...outputs, ...dump, JSON.stringify(run), JSON.stringify(await readLog(platform, run.id))]) {
    expect(text).not.toContain('canary-4711-wrong')
    expect(text).not.toContain(Buffer.from('canary-4711-wrong').toString('hex'))
  }
})

test('a missing grant is PERMISSION_DENIED and names the table', async () => {
  const run = await fail('grant', { settings: { user: 'reader' }, password: 'reader-password', stream: { table: 'public.hidden' } })
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'PERMISSION_DENIED' } })
  expect(run.failure?.message).toContain('hidden')
})

test('a missing table is COLUMN_MISSING and names it', async () => {
  const run = await fail('missing', { stream: { table: 'public.gone' } })
  expect(run).toMatchObject({ status: 'ERROR', failure: { code: 'COLUMN_MISSING' } })
  expect(run.failure?.message).toContain('gone')
})

test.each([
  ['bad-sql', 'select nme from items', 'nme'],
  ['two-statements', 'select 1 as id; drop table items', 'one statement'],
  ['writes', `with gone as (delete from items returning id) select id from gone`, 'data-modifying'],
])('SQL that is refused is INVALID_QUERY: %s', async (name, sql, told) => {
  const run = await fail(name, { stream: { sql } })
  expect(run).toMatchObject({ status: 'ERROR', failure: { code: 'INVALID_QUERY' } })
  expect(run.failure?.message).toContain(told)
})

test('a server that does not speak TLS where it must is TLS_FAILED', async () => {
  const run = await fail('tls', { settings: { tls: 'require' } })
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'TLS_FAILED' } })
})

test('an error that only the source knows is PROTOCOL_ERROR, in its words', async () => {
  await source.query(`CREATE FUNCTION audited() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The books are closed'; END $$`)
  const run = await fail('closed', { stream: { sql: 'SELECT audited() AS id' } })
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'PROTOCOL_ERROR' } })
  expect(run.failure?.message).toContain('The books are closed (P0001)')
})

test('a source without a connection to spare is SOURCE_UNAVAILABLE', async () => {
  await source.query('ALTER ROLE reader CONNECTION LIMIT 0')
  const run = await fail('crowded', { settings: { user: 'reader' }, password: 'reader-password' })
  await source.query('ALTER ROLE reader CONNECTION LIMIT -1')
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'SOURCE_UNAVAILABLE' } })
  expect(run.failure?.message).toContain('53300')
})

describe('while a run reads', () => {
  let letGo: () => Promise<void>
  beforeEach(async () => {
    letGo = await source.hold('items')
  })
  afterEach(() => letGo())

  /** It waits for the table that this test holds. */
  const untilItReads = () =>
    expect
      .poll(() => source.query(`SELECT 1 FROM pg_locks WHERE relation = 'items'::regclass AND NOT granted`), { timeout: 10_000 })
      .toHaveLength(1)

  test('a network that fails is CONNECTION_LOST', async () => {
    const way = await startTcpProxy(platform.postgres.port)
    const run = await fail('cut', { settings: { port: way.port } }, async () => {
      await untilItReads()
      way.cut()
    })
    await way.stop()
    expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'CONNECTION_LOST' } })
    expect(run.failure?.message).toContain(`127.0.0.1:${way.port}`)
  })

  test('a destination that ends its session is DESTINATION_UNAVAILABLE', async () => {
    const run = await fail('no-destination', {}, async () => {
      await untilItReads()
      await source.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'AIIA Data Refresh %-%'`)
      await letGo()
      letGo = async () => {}
    })
    expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'DESTINATION_UNAVAILABLE' } })
  })

  test('longer than it may is RUN_TIMEOUT', async () => {
    const run = await fail('slow', { limits: { maxDurationSeconds: 1 } })
    expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'RUN_TIMEOUT' } })
    expect(run.failure?.message).toContain('1 seconds')
  })

  test('a worker that dies is WORKER_LOST', async () => {
    const run = await fail('lost', {}, async () => {
      await untilItReads()
      await platform.processes.worker.kill('SIGKILL')
    })
    await platform.processes.worker.restart()
    expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'WORKER_LOST' } })
  })
})

test('more memory than it may have is OUT_OF_MEMORY, and the worker lives on', { timeout: 120_000 }, async () => {
  // Rows pass through a run as they come; what it holds is what it knows of the columns of all its streams.
  const columns = Array.from({ length: 1_500 }, (_, index) => `"${`column ${index} `.padEnd(60, 'x')}" int`)
  await source.query(`CREATE TABLE wide (${columns.join(', ')})`)
  const others = Array.from({ length: 250 }, (_, index) => ({ name: `wide_${index}`, source: { table: 'public.wide' } }))
  const { pid } = platform.processes.worker
  const run = await fail('memory', { stream: { table: 'public.wide' }, others, limits: { memoryMb: 64 } })
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'OUT_OF_MEMORY' } })
  expect(run.failure?.message).toContain('64 MiB')
  expect(platform.processes.worker.pid).toBe(pid)
})

describe('a table that was changed at the source', () => {
  const change = async (name: string, sql: string) => {
    await source.query(`CREATE TABLE ${name} (id int PRIMARY KEY, name text, price int); INSERT INTO ${name} VALUES (1, 'a', 7)`)
    const connector = await createConnector(platform, source, { name, streams: [{ name, source: { table: `public.${name}` } }] })
    expect(await sync(platform, connector)).toMatchObject({ status: 'COMPLETED' })
    await source.query(sql)
    return sync(platform, connector)
  }

  test('by a column less is COLUMN_MISSING and names it', async () => {
    const run = await change('dropped', 'ALTER TABLE dropped DROP COLUMN price')
    expect(run).toMatchObject({ status: 'ERROR', failure: { code: 'COLUMN_MISSING', message: expect.stringContaining('"price"') } })
  })

  test('by another type is COLUMN_TYPE_CHANGED and names both', async () => {
    const run = await change('retyped', 'ALTER TABLE retyped ALTER COLUMN price TYPE text')
    expect(run).toMatchObject({ status: 'ERROR', failure: { code: 'COLUMN_TYPE_CHANGED' } })
    expect(run.failure?.message).toContain('"price" is now text (was integer)')
  })
})

test('more rows without a key than tolerated is ROWS_REJECTED and shows the first', async () => {
  const sql = 'SELECT nullif(i, 3) AS id FROM generate_series(1, 5) i'
  const run = await fail('no-key', { stream: { sql }, with: { primaryKey: ['id'] } })
  expect(run).toMatchObject({ status: 'ERROR', failure: { code: 'ROWS_REJECTED' } })
  expect(run.failure?.message).toContain('row 3, column "id"')
})

test('rows that share a key where that is forbidden is DUPLICATE_KEY and shows it', async () => {
  const sql = 'SELECT i % 4 AS id FROM generate_series(1, 5) i'
  const run = await fail('twice', { stream: { sql }, with: { primaryKey: ['id'], duplicates: 'FORBID' } })
  expect(run).toMatchObject({ status: 'ERROR', failure: { code: 'DUPLICATE_KEY' } })
  expect(run.failure?.message).toContain('(1) in 2 rows')
})

test('a defect of ours is INTERNAL, with a reference that leads to its trace in the worker’s log', async () => {
  const database = await openDatabase(platform.databaseUrl)
  // As a faulty migration would leave it.
  const breakStream = () => database.query(`UPDATE platform.streams SET source = '{"nonsense": true}' WHERE name = 'defect'`)
  const run = await fail('defect', { before: breakStream })
  await database.end()
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'INTERNAL' } })
  const { jobRun } = await platform.graphql<{ jobRun: { failure: { reference: string; trace: string } } }>(
    'query ($id: ID!) { jobRun(id: $id) { failure { reference trace } } }',
    { id: run.id },
  )
  const { reference, trace } = jobRun.failure
  expect(reference).toMatch(/^E-[0-9A-Z]{7}$/)
  expect(run.failure?.message).toContain(`(reference ${reference})`)
  expect(trace).toMatch(/\n +at /)
  const told = platform.processes.worker
    .output()
    .split('\n')
    .find((line) => line.includes(`"reference":"${reference}"`))
  const [, id] = Buffer.from(run.id, 'base64').toString().split(':')
  expect(told).toContain(`"runId":"${id}"`)
  expect(told).toContain('"trace":"')
})
