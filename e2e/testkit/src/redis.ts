/** A real Redis of a test's own, on a free port, that keeps nothing on disk. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@aiia/stack/free-port'
import { spawnWatched, type Watched } from '@aiia/stack/watchdog'

export type TestRedis = {
  url: string
  port: number
  /** Ends it at once, as a crash does; `restart` brings it back, empty. */
  kill(): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
}

/** @param settings of redis.conf, by name */
export const startRedis = async ({ settings = {} }: { settings?: Record<string, string> } = {}): Promise<TestRedis> => {
  const [command, port] = [await findRedisServer(), await freePort()]
  // A replica writes what it is sent to disk, whatever it is told to save; the next start must not find it.
  const folder = mkdtempSync(join(tmpdir(), 'aiia-test-redis-'))
  const start = () => launch({ command, port, folder, settings })
  const removeFolder = () => rmSync(folder, { recursive: true, force: true })
  let server = await start().catch((error: unknown) => {
    removeFolder()
    throw error
  })
  const kill = async () => {
    await server.stop()
    for (const file of readdirSync(folder)) rmSync(join(folder, file), { recursive: true })
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    restart: async () => {
      await kill()
      server = await start()
    },
    stop: async () => {
      await server.stop()
      removeFolder()
    },
  }
}

/** The machine's own; else one that the library builds from its source, once, and keeps with the packages. */
const findRedisServer = async (): Promise<string> => {
  if (spawnSync('redis-server', ['--version']).error === undefined) return 'redis-server'
  const { RedisBinary } = await import('redis-memory-server')
  return RedisBinary.getPath().catch((error: unknown) => {
    throw new Error(
      'These tests need redis-server, and it could not be built here. Install it: "apt-get install redis-server" (Debian, Ubuntu), "brew install redis" (macOS).',
      { cause: error },
    )
  })
}

type Launch = { command: string; port: number; folder: string; settings: Record<string, string> }

const launch = async ({ command, port, folder, settings }: Launch): Promise<Watched> => {
  const all = {
    port: String(port),
    dir: folder,
    bind: '127.0.0.1',
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
    ...settings,
  }
  const server = spawnWatched({
    command,
    args: Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
    signal: 'TERM',
    graceMs: 5000,
    stdio: ['pipe', 'inherit'],
    cwd: folder,
  })
  const output: string[] = []
  const ready = new Promise<void>((resolve) => {
    server.process.stdout?.on('data', (data: Buffer) => {
      output.push(data.toString())
      if (output.join('').includes('Ready to accept connections')) resolve()
    })
  })
  const ended = server.exited.then((code) => {
    throw new Error(`redis-server ended with code ${code} while it started:\n${output.join('')}`)
  })
  ended.catch(() => {})
  await Promise.race([ready, ended])
  return server
}
