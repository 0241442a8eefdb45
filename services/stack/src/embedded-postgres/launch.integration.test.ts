import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { launchPostgres } from './launch.ts'
import { runningPid } from './leftover.ts'
import { PostgresError } from './postgres-error.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aiia-launch-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const dataDir = () => join(folder, 'data')
const launch = (port?: number) => launchPostgres({ dataDir: dataDir(), password: 'p@ss/word', port, durable: false })

const query = async (url: string, sql: string): Promise<pg.QueryResult<{ value: unknown }>> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query<{ value: unknown }>(sql)
  } finally {
    await client.end()
  }
}

/** Another process that launches the server of `folder` and stays: its port, once the server answers. */
const launchElsewhere = async (options: object): Promise<{ other: ChildProcess; port: number }> => {
  const code = `import { launchPostgres } from '@aiia/stack/embedded-postgres/launch'
    const server = await launchPostgres(${JSON.stringify({ dataDir: dataDir(), password: 'p@ss/word', durable: false, ...options })})
    console.log(server.port)`
  const args = ['--conditions=aiia-source', '--import', 'tsx', '--input-type=module', '--eval', code]
  const other = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: import.meta.dirname })
  const lines = createInterface({ input: other.stdout })
  for await (const line of lines) return { other, port: Number(line) }
  throw new Error('The other process ended without a server.')
}

const until = async (holds: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + 10_000; !holds(); await wait(10)) {
    if (Date.now() > deadline) throw new Error(`Not within 10 s: ${holds.toString()}`)
  }
}

test('a second start finds the data of the first, on the same port', async () => {
  const first = await launch()
  await query(first.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS value')
  await first.stop()
  expect(await first.exited).toBe(0)
  const second = await launch(first.port)
  expect(second.port).toBe(first.port)
  expect((await query(second.url('postgres'), 'SELECT value FROM kept')).rows).toEqual([{ value: 42 }])
  await second.stop()
  expect(existsSync(join(dataDir(), 'postmaster.pid'))).toBe(false)
})

test('kill -9 of the process that launched it ends the server cleanly, and removes the folder that it should', async () => {
  const { other } = await launchElsewhere({ folder })
  const pid = runningPid(dataDir())
  expect(pid).toBeGreaterThan(0)
  other.kill('SIGKILL')
  await until(() => !existsSync(folder))
  expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH')
})

test('kill -9 without a folder to remove leaves the data and a clean process id file', async () => {
  const { other, port } = await launchElsewhere({})
  other.kill('SIGKILL')
  await until(() => !existsSync(join(dataDir(), 'postmaster.pid')))
  const server = await launch(port)
  expect(readFileSync(`${dataDir()}.log`, 'utf8')).not.toContain('not properly shut down')
  await server.stop()
})

test('a server that outlived even its watchdog is replaced', async () => {
  const { other } = await launchElsewhere({})
  const pid = runningPid(dataDir()) ?? 0
  const watchdog = Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout)
  process.kill(watchdog, 'SIGKILL')
  other.kill('SIGKILL')
  expect(runningPid(dataDir())).toBe(pid)
  const server = await launch()
  expect(runningPid(dataDir())).not.toBe(pid)
  await server.stop()
})

test('a process id file whose number now is another program does not stop the start, nor end that program', async () => {
  await (await launch()).stop()
  writeFileSync(join(dataDir(), 'postmaster.pid'), `${process.pid}\n`)
  const server = await launch()
  expect(runningPid(dataDir())).not.toBe(process.pid)
  await server.stop()
})

test('data folders that an interrupted start left half made are made again', async () => {
  mkdirSync(join(folder, 'data.new-abc', 'data'), { recursive: true })
  mkdirSync(join(dataDir(), 'base'), { recursive: true })
  const server = await launch()
  expect((await query(server.url('postgres'), 'SELECT 1 AS value')).rows).toEqual([{ value: 1 }])
  await server.stop()
  expect(readdirSync(folder).sort()).toEqual(['data', 'data.log'])
})

test('a port that is taken is given up for another', async () => {
  const first = await launch()
  const second = await launchPostgres({ dataDir: join(folder, 'other'), password: 'x', port: first.port, durable: false })
  expect(second.port).not.toBe(first.port)
  await Promise.all([first.stop(), second.stop()])
})

test('what Postgres itself says against the start is told', async () => {
  const wrong = launchPostgres({ dataDir: dataDir(), password: 'x', durable: false, settings: { work_mem: 'much' } })
  await expect(wrong).rejects.toThrow(PostgresError)
  await expect(wrong).rejects.toThrow('invalid value for parameter "work_mem"')
})

test('a password that the data folder was not made with is told', async () => {
  await (await launch()).stop()
  await expect(launchPostgres({ dataDir: dataDir(), password: 'x', durable: false })).rejects.toThrow('password authentication failed')
  expect(runningPid(dataDir())).toBeUndefined()
})
