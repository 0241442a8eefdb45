import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freePort, portFault } from './free-port.ts'
import { createAskApi } from './platform/graphql.ts'
import { repository } from './platform/services.ts'

const folder = mkdtempSync(join(tmpdir(), 'aiia-start-'))
const dataDir = join(folder, 'data')
const started = new Set<ChildProcess>()
let port: number
beforeAll(async () => {
  port = await freePort()
})
/** A test that fails leaves the port to the next. */
afterEach(() =>
  Promise.all(
    [...started].map(async (child) => {
      child.kill('SIGTERM')
      await once(child, 'close')
    }),
  ),
)
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** `npm start`, without npm. */
const npmStart = (env: Record<string, string> = {}) => {
  const unset = {
    DATABASE_URL: '',
    REDIS_URL: '',
    SECRET_KEY: '',
    ADMIN_EMAIL: '',
    ADMIN_PASSWORD: '',
    ADMIN_TOKEN: '',
    DEMO: '',
    HOST: '',
  }
  const child = spawn(process.execPath, [join(repository, 'start.mjs')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...unset, NODE_ENV: '', PORT: String(port), DATA_DIR: dataDir, ...env },
  })
  started.add(child)
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (output += data.toString()))
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      started.delete(child)
      resolve(code)
    })
  })
  const says = (text: string) =>
    until(
      () => output.includes(text),
      () => `It did not say "${text}":\n${output}`,
    )
  return { child, ended, says, output: () => output }
}

const until = async (holds: () => boolean | Promise<boolean>, otherwise: () => string): Promise<void> => {
  for (const deadline = Date.now() + 60_000; !(await holds()); await wait(20)) {
    if (Date.now() > deadline) throw new Error(otherwise())
  }
}

const ask = () => createAskApi(`http://127.0.0.1:${port}`, readFileSync(join(dataDir, 'api-token'), 'utf8').trim())
const connectorNames = async () =>
  (await ask()<{ connectors: { nodes: { name: string }[] } }>('{ connectors(first: 10) { nodes { name } } }')).connectors.nodes
    .map(({ name }) => name)
    .sort()
const workerPids = async () =>
  (await ask()<{ system: { workers: { pid: number; online: boolean }[] } }>('{ system { workers { pid online } } }')).system.workers
    .filter(({ online }) => online)
    .map(({ pid }) => pid)

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const nothingIsLeft = (pids: number[]) =>
  until(
    async () =>
      !pids.some(lives) && !existsSync(join(dataDir, 'postgres', 'postmaster.pid')) && (await portFault(port, '127.0.0.1')) === undefined,
    () => `Something is left of ${pids.join(', ')}.`,
  )

test('a first start ends in an address, a login that works, a token file and the demo connectors', async () => {
  const first = npmStart()
  await first.says('Ctrl-C')
  expect(first.output()).toContain(`http://localhost:${port}`)
  expect(statSync(join(dataDir, 'api-token')).mode & 0o777).toBe(0o600)
  expect(await connectorNames()).toEqual(['Legacy warehouse (unreachable)', 'SAP ERP DB'])
  const password = /Password +(\S+) /.exec(first.output())?.[1]
  const signIn = await fetch(`http://127.0.0.1:${port}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}` },
    body: JSON.stringify({ email: 'admin@example.com', password }),
  })
  expect(signIn.status).toBe(200)
  const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } })
  expect(await page.text()).toContain('<html')

  const refused = npmStart({ PORT: String(await freePort()) })
  expect(await refused.ended).toBe(1)
  expect(refused.output()).toContain('is in use by another "npm start"')
  const taken = npmStart({ DATA_DIR: join(folder, 'other') })
  expect(await taken.ended).toBe(1)
  expect(taken.output()).toContain(`PORT ${port} is taken by another program.`)

  const [worker = 0] = await workerPids()
  process.kill(worker, 'SIGKILL')
  await first.says('The worker was ended by SIGKILL. It is started again in 0.5 s.')
  await first.says('The worker is back.')

  const pids = await workerPids()
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  await nothingIsLeft(pids)
}, 180_000)

test('a second start finds the data of the first; kill -9 of it leaves nothing running', async () => {
  const second = npmStart()
  await second.says('Ctrl-C')
  expect(second.output()).toContain('as printed at the first start')
  expect(await connectorNames()).toHaveLength(2)
  const pids = await workerPids()
  second.child.kill('SIGKILL')
  await second.ended
  await nothingIsLeft(pids)
}, 120_000)

test('a stop in the middle of the start leaves nothing broken', async () => {
  const stopped = npmStart()
  await stopped.says('Starting api')
  stopped.child.kill('SIGINT')
  expect(await stopped.ended).toBe(0)
  await nothingIsLeft([])
  const next = npmStart()
  await next.says('Ctrl-C')
  next.child.kill('SIGTERM')
  expect(await next.ended).toBe(0)
}, 120_000)

test('what is wrong with the settings is said in one line each', async () => {
  const wrong = npmStart({ PORT: 'http', DATABASE_URL: 'mysql://x' })
  expect(await wrong.ended).toBe(1)
  expect(wrong.output()).toMatch(/^PORT: must be a whole number/m)
  expect(wrong.output()).toMatch(/^DATABASE_URL: must be an address such as postgresql:/m)
  const keyless = npmStart({ DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/x' })
  expect(await keyless.ended).toBe(1)
  expect(keyless.output()).toMatch(/^SECRET_KEY is not set\./m)
})
