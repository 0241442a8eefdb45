/** A real Redis of a test's own, on a free port, that keeps nothing on disk. */

import { spawnSync } from 'node:child_process'
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
  if (spawnSync('redis-server', ['--version']).error) {
    throw new Error(
      'These tests need redis-server. Install it: "apt-get install redis-server" (Debian, Ubuntu), "brew install redis" (macOS).',
    )
  }
  const port = await freePort()
  let server = await launch(port, settings)
  const stop = async () => {
    await server.stop()
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill: stop,
    restart: async () => {
      await server.stop()
      server = await launch(port, settings)
    },
    stop,
  }
}

const launch = async (port: number, settings: Record<string, string>): Promise<Watched> => {
  const all = { port: String(port), bind: '127.0.0.1', save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction', ...settings }
  const server = spawnWatched({
    command: 'redis-server',
    args: Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
    signal: 'TERM',
    graceMs: 5000,
    stdio: ['pipe', 'inherit'],
    cwd: '/',
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
