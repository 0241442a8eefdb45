/** Signs in: every address of the host is checked, one that was checked is connected to. */

import { connect as connectSocket, type Socket } from 'node:net'
import type { SourceAccess } from '@aiia/core/sync/source'
import { withTimeout } from '@aiia/kit/with-timeout'
import mysql, { type Connection, type RowDataPacket } from 'mysql2'
import { connectToAny } from '../network/addresses.ts'
import { addressOf, credentialsSchema, type DatabaseSettings } from '../sql-database/settings.ts'
import { scheme, settingsSchema } from './config.ts'
import { toConnectError } from './errors.ts'
import { untilStranger } from './greeting.ts'

export type MysqlSession = {
  connection: Connection
  settings: DatabaseSettings
  serverVersion: string
  query<T>(sql: string, values?: readonly unknown[]): Promise<T[]>
  /** Ends the query under way at the server, and the connection with it. */
  kill(): Promise<void>
  close(): Promise<void>
}

/**
 * The connect timeout covers all of it: the name's lookup, every address that is tried, and the sign-in.
 *
 * @throws SyncError; the reason of `access.signal` when that was aborted
 */
export const connect = async (access: SourceAccess): Promise<MysqlSession> => {
  const settings = settingsSchema.parse(access.settings)
  const { connectTimeoutMs, log, signal } = access
  log('INFO', `Connecting to ${addressOf(scheme, settings)}...`)
  const started = performance.now()
  const deadline = withTimeout(signal, connectTimeoutMs)
  const signInOnce = () =>
    connectToAny(settings, { access, deadline }, (address, patienceMs) => signIn(address, patienceMs, { access, settings, deadline }))
  try {
    const { connection, serverVersion, reached } = await signInOnce()
    log('INFO', `Connected in ${Math.round(performance.now() - started)} ms: ${serverVersion}.`)
    let killed = false
    const kill = async (): Promise<void> => {
      if (killed) return
      killed = true
      // The server is told first: it notices a closed socket only when it next sends something.
      await killThread(reached, connection.threadId)
      connection.destroy()
    }
    const stop = (): void => void kill()
    signal.addEventListener('abort', stop, { once: true })
    const close = async (): Promise<void> => {
      signal.removeEventListener('abort', stop)
      if (!killed) await new Promise<void>((resolve) => connection.end(() => resolve()))
    }
    return { connection, settings, serverVersion, query: queryOn(connection), kill, close }
  } catch (error) {
    signal.throwIfAborted()
    throw toConnectError(error, settings, connectTimeoutMs)
  }
}

const queryOn =
  (connection: Connection) =>
  async <T>(sql: string, values: readonly unknown[] = []): Promise<T[]> => {
    const [rows] = await connection.promise().query<RowDataPacket[]>(sql, [...values])
    return rows as T[]
  }

type SignIn = { access: SourceAccess; settings: DatabaseSettings; deadline: AbortSignal }
type Reached = () => Connection
type SignedIn = { connection: Connection; serverVersion: string; reached: Reached }

const signIn = async (address: string, patienceMs: number, { access, settings, deadline }: SignIn): Promise<SignedIn> => {
  const { port, database, user, host } = settings
  const open = () => connectSocket({ host: address, port, keepAlive: true, keepAliveInitialDelay: 10_000, noDelay: true })
  const connectOn = (socket: Socket): Connection =>
    mysql.createConnection({
      // Its name is what the certificate must fit; the socket goes to the address that was checked.
      host,
      stream: () => socket,
      database,
      user,
      password: credentialsSchema.parse(access.credentials ?? {}).password ?? '',
      charset: 'utf8mb4',
      connectTimeout: patienceMs,
      supportBigNumbers: true,
      // A server could ask for any file of the worker.
      flags: ['-LOCAL_FILES'],
      ...tlsOf(settings),
    })
  const socket = open()
  const stranger = untilStranger(socket, settings)
  const connection = connectOn(socket)
  // A lost connection rejects the query under way; without a listener it would also end the thread.
  connection.on('error', () => {})
  try {
    await Promise.race([untilConnected(connection, deadline), stranger])
    const query = queryOn(connection)
    const [found] = await unlessAborted(query<{ version: string }>('SELECT VERSION() AS version'), deadline)
    const version = found?.version ?? ''
    await unlessAborted(query(`SET ${sessionSettings(settings, version).join(', ')}`), deadline)
    return { connection, serverVersion: printVersion(version), reached: () => connectOn(open()) }
  } catch (error) {
    connection.destroy()
    throw error
  }
}

const untilConnected = (connection: Connection, deadline: AbortSignal): Promise<void> =>
  unlessAborted(new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve()))), deadline)

const unlessAborted = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  signal.throwIfAborted()
  let abort = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    work.catch(() => {})
    signal.removeEventListener('abort', abort)
  }
}

const isMariadb = (version: string): boolean => version.includes('MariaDB')

/** `10.11.6-MariaDB-0+deb12u1` → `MariaDB 10.11.6`. */
const printVersion = (version: string): string => `${isMariadb(version) ? 'MariaDB' : 'MySQL'} ${version.split('-')[0]}`

/** Times in UTC, and a server that waits for a destination that is slow. */
const sessionSettings = ({ statementTimeoutSeconds: limit }: DatabaseSettings, version: string): string[] => [
  `SESSION time_zone = '+00:00'`,
  'SESSION net_write_timeout = 3600',
  'SESSION lock_wait_timeout = 30',
  ...(limit === undefined
    ? []
    : [isMariadb(version) ? `SESSION max_statement_time = ${limit}` : `SESSION max_execution_time = ${limit * 1_000}`]),
]

const tlsOf = ({ tls, ca }: DatabaseSettings) => {
  if (tls === 'disable') return {}
  const verified = tls === 'verify-full'
  return { ssl: { rejectUnauthorized: verified, verifyIdentity: verified, ...(ca !== undefined && { ca }) } }
}

/** Over a connection of its own, since the first is busy; in vain when the server is gone, and then there is no query either. */
const killThread = async (reached: Reached, threadId: number | null): Promise<void> => {
  if (threadId === null) return
  const other = reached()
  other.on('error', () => {})
  await new Promise<void>((resolve) => other.query(`KILL ${threadId}`, () => resolve()))
  other.destroy()
}
