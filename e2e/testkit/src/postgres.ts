/** A real Postgres of a test's own: a temporary data folder, a free port, nothing forced to disk. */

import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchPostgres } from '@aiia/stack/embedded-postgres/launch'
import pg from 'pg'

export type TestPostgres = {
  /** Of the database "postgres", as superuser. */
  url: string
  port: number
  /** @returns the url of a new and empty database, or of a copy of `template` that nobody is connected to */
  createDatabase(template?: string): Promise<string>
  /** Ends it at once, as a crash does; `restart` brings it back with what it had. */
  kill(): Promise<void>
  /** Stops and starts the server on the same data and port. */
  restart(): Promise<void>
  /** Ends the server and removes its data. */
  stop(): Promise<void>
}

export const startPostgres = async ({ settings }: { settings?: Record<string, string> } = {}): Promise<TestPostgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'aiia-test-postgres-'))
  const launch = (port?: number) =>
    launchPostgres({ dataDir: join(folder, 'data'), password: 'test', port, durable: false, settings, folder })
  let server = await launch()
  const createDatabase = async (template = 'template0') => {
    const name = `test_${randomBytes(6).toString('hex')}`
    await execute(server.url('postgres'), `CREATE DATABASE ${name} TEMPLATE ${template}`)
    return server.url(name)
  }
  return {
    url: server.url('postgres'),
    port: server.port,
    createDatabase,
    kill: async () => {
      const [pid] = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGKILL')
      await server.exited
    },
    restart: async () => {
      await server.stop()
      server = await launch(server.port)
    },
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const execute = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
