import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { freePort } from '@aiia/stack/free-port'
import { repository } from '@aiia/stack/platform/services'
import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector, openDatabase, readLog, type TestSource } from './source.ts'

let platform: Platform
let source: TestSource
beforeAll(async () => {
  platform = await startPlatform({ backend: 'postgres' })
  source = await openDatabase(await platform.postgres.createDatabase())
  await source.query('CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items SELECT generate_series(1, 1000)')
  const stream = (name: string) => ({ name, source: { table: 'public.items' } })
  await createConnector(platform, source, { name: 'Items', streams: [stream('items')] })
  await createConnector(platform, source, { name: 'Wrong password', streams: [stream('unread')], password: 'not it' })
  // Without a key that is unique a NULL rejects its row, and with it the run.
  const nameless = [{ name: 'nameless', source: { sql: 'SELECT NULL::int AS id' }, primaryKey: ['id'] }]
  await createConnector(platform, source, { name: 'Bad rows', streams: nameless })
})
afterAll(async () => {
  await source?.end()
  await platform?.stop()
})

const start = (args: string[], env: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, [join(repository, 'services', 'cli', 'dist', 'main.js'), ...args], {
    env: { ...process.env, AIIA_URL: platform.url, AIIA_TOKEN: platform.token, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
const finish = async ({ stdout, stderr, ...child }: ChildProcess, ended: Promise<unknown[]>) => {
  if (stdout === null || stderr === null) throw new Error(`Process ${child.pid} has no output.`)
  const [out, err, [code]] = await Promise.all([text(stdout), text(stderr), ended])
  return { code, out, err }
}
/** Runs the command as a script does, in a pipe. */
const aiia = (args: string[], env?: Record<string, string>) => {
  const child = start(args, env)
  return finish(child, once(child, 'close'))
}
const newest = async (connector: string): Promise<{ number: number; status: string }> => {
  const { out } = await aiia(['runs', '--connector', connector, '--limit', '1', '--json'])
  return (JSON.parse(out) as { number: number; status: string }[])[0] ?? { number: 0, status: 'none' }
}

test('sync --follow prints the log as it is stored, and ends 0 when the run completed', async () => {
  const { code, out, err } = await aiia(['sync', 'Items', '--follow'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const { jobRun } = await platform.graphql<{ jobRun: { id: string } }>('query ($number: Int!) { jobRun(number: $number) { id } }', {
    number: (await newest('Items')).number,
  })
  const stored = await readLog(platform, jobRun.id)
  expect(out).toBe(stored.map((line) => `${line.text}\n`).join(''))
  expect(stored.at(-1)?.text).toContain('1,000')
})

test('sync without --follow answers at once, with the number to follow', async () => {
  const release = await source.hold('items')
  const { code, out } = await aiia(['sync', 'Items'])
  const { number } = await newest('Items')
  // Whether a worker has it already is its own affair.
  const answer = new RegExp(`^Run #${number} is (PENDING|RUNNING)\\. Watch it with: aiia logs ${number} --follow\\n$`)
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(answer) })
  const followed = start(['logs', String(number), '--follow'])
  const ended = once(followed, 'close')
  await release()
  expect(await finish(followed, ended)).toMatchObject({ code: 0, out: expect.stringContaining('1,000') })
})

test.each([
  ['Wrong password', 1, 'FAILED', 'INVALID_CREDENTIALS'],
  ['Bad rows', 2, 'ERROR', 'ROWS_REJECTED'],
])('the exit code of "%s" is %i, and the last line of its log is FATAL', async (name, expected, status, failure) => {
  const { code, out } = await aiia(['sync', name, '--follow'])
  expect(code).toBe(expected)
  const lines = out.trimEnd().split('\n')
  expect(lines.filter((line) => /\bFATAL\b/.test(line))).toEqual([lines.at(-1)])
  expect(await newest(name)).toMatchObject({ status, failure: { code: failure } })
})

test('a run is cancelled by its number, and whoever follows it ends with 3', async () => {
  const release = await source.hold('items')
  await aiia(['sync', 'Items'])
  const { number } = await newest('Items')
  const followed = start(['logs', `#${number}`, '--follow'])
  const ended = once(followed, 'close')
  expect(await aiia(['cancel', String(number)])).toMatchObject({ code: 0, out: `Run #${number} is CANCELLED.\n` })
  expect(await finish(followed, ended)).toMatchObject({ code: 3 })
  await release()
  expect(await aiia(['cancel', String(number)])).toMatchObject({ code: 4, err: expect.stringContaining('CANCELLED') })
  const retried = await aiia(['retry', String(number), '--follow'])
  expect(retried).toMatchObject({ code: 0, err: '' })
})

test('connectors, runs and logs are tables for people and JSON for machines', async () => {
  await aiia(['sync', 'Items', '--follow'])
  const { number } = await newest('Items')
  const row = (out: string, name: string) => out.split('\n').find((line) => line.includes(name))

  const [forPeople, forMachines] = [await aiia(['connectors']), await aiia(['connectors', '--search', 'ITEM', '--json'])]
  expect(row(forPeople.out, 'Items')).toMatch(
    new RegExp(`^Items +postgres +postgresql://postgres@127.0.0.1:\\d+/\\S+ +#${number} COMPLETED +1,000 `),
  )
  expect(JSON.parse(forMachines.out)).toMatchObject([
    { id: expect.any(String), name: 'Items', lastRun: { number, counts: { ingested: 1000 } } },
  ])

  const [runs, failed] = [await aiia(['runs']), await aiia(['runs', '--status', 'FAILED', 'ERROR', '--json'])]
  expect(row(runs.out, `#${number} `)).toMatch(/COMPLETED +Items +API +1,000 +\d+\.\ds +\d{4}-/)
  for (const { status } of JSON.parse(failed.out) as { status: string }[]) expect(['FAILED', 'ERROR']).toContain(status)

  const lines = (await aiia(['logs', String(number), '--json'])).out.trimEnd().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual(lines.map((_, index) => index + 1))
  expect(await aiia(['runs', '--connector', 'Items', '--status', 'ERROR'])).toMatchObject({ code: 0, out: 'No runs.\n' })
})

test('a question to the source is answered with what to do', async () => {
  expect(await aiia(['test', 'Items'])).toMatchObject({ code: 0, out: expect.stringMatching(/^Connected in \d+ ms: /) })
  expect(await aiia(['test', 'Wrong password'])).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^INVALID_CREDENTIALS: .*\nRoot cause: .*\nWhat to do: /),
  })
})

test('what is not there is refused with what is', async () => {
  const unknown = await aiia(['sync', 'Itms'])
  expect(unknown).toMatchObject({ code: 4, out: '' })
  expect(unknown.err).toContain('There is no connector "Itms". There are')
  expect(unknown.err).toContain('"Items"')
  expect(await aiia(['logs', '999999'])).toMatchObject({ code: 4, err: 'aiia: There is no run #999999. "aiia runs" lists the newest.\n' })
})

test('wrong usage ends with 64 and says what is right', async () => {
  expect(await aiia(['logs', 'last'])).toMatchObject({ code: 64, err: 'aiia: "last" is not a whole number from 1.\n' })
  expect(await aiia(['snyc', 'Items'])).toMatchObject({ code: 64, err: expect.stringContaining('Did you mean sync?') })
  expect(await aiia(['runs'], { AIIA_URL: 'localhost' })).toMatchObject({
    code: 64,
    err: expect.stringContaining('Give --url or set AIIA_URL.'),
  })
  expect(await aiia(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes: 0 completed') })
})

test('a platform that cannot be asked ends with 69 and says what to set', async () => {
  const away = `http://127.0.0.1:${await freePort()}`
  expect(await aiia(['runs'], { AIIA_URL: away })).toMatchObject({ code: 69, err: expect.stringContaining('Give --url or set AIIA_URL.') })
  const refused = await aiia(['runs'], { AIIA_TOKEN: 'aiia_canary_of_a_token' })
  expect(refused).toMatchObject({ code: 69, err: 'aiia: The API token is not accepted: it is wrong, expired or revoked.\n' })
})
