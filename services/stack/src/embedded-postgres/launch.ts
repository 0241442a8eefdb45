/** Starts a real Postgres of the npm package's binaries on a data folder, on 127.0.0.1 only. */

import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { errorCode } from '../error-code.ts'
import { freePort } from '../free-port.ts'
import { spawnWatched, type Watched } from '../watchdog.ts'
import { type Account, serverAccount } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { createCluster, serverEnv, superuser } from './cluster.ts'
import { giveTo, openFolder } from './data-folder.ts'
import { stopLeftover } from './leftover.ts'
import { PostgresError } from './postgres-error.ts'

export type LaunchOptions = {
  /** Made when it is missing; its parent gets the log file `<dataDir>.log`. */
  dataDir: string
  /** The superuser's; it counts when the data folder is made. */
  password: string
  /** Taken if it is free. */
  port?: number | undefined
  /** false: nothing is forced to disk, for tests. */
  durable: boolean
  /** Further settings of postgresql.conf. */
  settings?: Readonly<Record<string, string>> | undefined
  /** Removed where our process did not live to do it. */
  folder?: string | undefined
}

export type EmbeddedPostgres = {
  port: number
  /** The superuser's address of a database. */
  url: (database: string) => string
  /** Settles when the server has ended, asked or not. */
  exited: Promise<number>
  stop: () => Promise<void>
}

const startSeconds = 300

/** @throws PostgresError with what is in the way, in words for the person who starts it */
export const launchPostgres = async (options: LaunchOptions): Promise<EmbeddedPostgres> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launchOnce(options)
    } catch (error) {
      if (attempt === 10 || !passing.test(String(error))) throw error
      await wait(500)
    }
  }
}

// Another program took the port in the same instant; or processes of a server that was killed are about to end.
const passing = /could not bind|pre-existing shared memory block/

const launchOnce = async (options: LaunchOptions): Promise<EmbeddedPostgres> => {
  const dataDir = resolve(options.dataDir)
  const account = serverAccount(dataDir)
  const binaries = findBinaries(account)
  const removeCopy = () => binaries.copy && rmSync(binaries.copy, { recursive: true, force: true })
  try {
    await createCluster({ dataDir, password: options.password, initdb: binaries.initdb, account, durable: options.durable })
    giveTo(dataDir, account)
    if (options.folder) giveTo(options.folder, account)
    await stopLeftover(dataDir)
    const port = await freePort(options.port)
    const server = startServer(dataDir, port, binaries, account, options)
    void server.exited.finally(removeCopy)
    const url = (database: string) => `postgresql://${superuser}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`
    await untilItAnswers(server, url('postgres'), logOf(dataDir))
    return { port, url, exited: server.exited, stop: async () => void (await server.stop()) }
  } catch (error) {
    removeCopy()
    throw error
  }
}

const logOf = (dataDir: string): string => `${dataDir}.log`

const startServer = (dataDir: string, port: number, binaries: Binaries, account: Account | undefined, options: LaunchOptions): Watched => {
  const log = logOf(dataDir)
  if (existsSync(log)) renameSync(log, `${log}.previous`)
  const logFile = openSync(log, 'a', 0o600)
  const folder = openFolder(dataDir, account)
  const server = spawnWatched({
    command: binaries.postgres,
    args: ['-D', folder.path, ...serverSettings(port, options)],
    signal: 'INT',
    graceMs: 20_000,
    folder: options.folder ?? binaries.copy,
    stdio: ['ignore', logFile, ...(folder.descriptor === undefined ? [] : [folder.descriptor])],
    env: serverEnv,
    cwd: '/',
    account,
  })
  closeSync(logFile)
  folder.close()
  return server
}

/** 127.0.0.1 and a password only: no other machine and no other user of this one gets in. */
const serverSettings = (port: number, { durable, settings }: LaunchOptions): string[] =>
  Object.entries({
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    // One server without replicas: a bulk load into a new table need not be logged.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '4GB',
    ...(durable ? { shared_buffers: '256MB' } : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])

const untilItAnswers = async (server: Watched, url: string, log: string): Promise<void> => {
  const ended = server.exited.then((code) => {
    throw new PostgresError(`Postgres ended with code ${code} while it started:\n${readFileSync(log, 'utf8').trim()}`)
  })
  const answered = async (signal: AbortSignal): Promise<void> => {
    for (const until = Date.now() + startSeconds * 1000; Date.now() < until && !signal.aborted; await wait(20)) {
      const fault = await connectOnce(url)
      if (fault === undefined) return
      if (!startingCodes.has(errorCode(fault) ?? ''))
        throw new PostgresError(`Postgres does not let us in: ${fault instanceof Error ? fault.message : ''}`, { cause: fault })
    }
    throw new PostgresError(`Postgres did not answer within ${startSeconds} s:\n${readFileSync(log, 'utf8').trim()}`)
  }
  const over = new AbortController()
  try {
    await Promise.race([ended, answered(over.signal)])
  } catch (error) {
    await server.stop()
    throw error
  } finally {
    over.abort()
    ended.catch(() => {})
  }
}

/** @returns what went wrong */
const connectOnce = async (url: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return undefined
  } catch (error) {
    return error
  }
}

// Not listening yet, or still replaying what an earlier stop left.
const startingCodes = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03'])
