import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { freePort } from '@aiia/testkit/free-port'
import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector, openDatabase, readLog, sync, type TestSource } from './source.ts'

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

/** Runs a connector that must fail, and holds the run to what every failure owes its reader. */
const fail = async (name: string, options: { stream?: object; settings?: object; password?: string; limits?: object }) => {
  const connector = await createConnector(platform, source, {
    name,
    streams: [{ name, source: options.stream ?? { table: 'public.items' } }],
    limits: { maxAttempts: 1, ...options.limits },
    settings: options.settings ?? {},
    ...(options.password === undefined ? {} : { password: options.password }),
  })
  const run = await sync(platform, connector)
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
