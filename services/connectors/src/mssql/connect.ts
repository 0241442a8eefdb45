/** Signs in: every address that the driver wants is checked, also where a server sends it on. */

import { once } from 'node:events'
import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import type { Connection } from 'tedious'
import { codeOf } from '../network/errors.ts'
import { checkedSockets } from '../sql-database/checked-sockets.ts'
import { toConnectError } from '../sql-database/error-book.ts'
import { credentialsSchema } from '../sql-database/settings.ts'
import { careful, loadTedious, NotEncryptedError, type Tedious } from './careful-connection.ts'
import type { MssqlSettings } from './config.ts'
import { errorBook } from './errors.ts'
import { browserPort, findInstancePort } from './instance-port.ts'
import { type Requests, requestsOn } from './requests.ts'

export type MssqlSession = Requests & {
  settings: MssqlSettings
  serverVersion: string
  /** Schema of names without one. */
  home: string
  /** How readers see what others change meanwhile. */
  snapshots: 'transaction' | 'statement' | 'none'
  /** A transaction that shows one moment, where the database can. */
  begin(): Promise<void>
  close(): Promise<void>
}

/** Of the first byte of an answer: [MS-TDS], 2.2.3.1.1. */
const tabularResult = 0x04

/** @param deadline covers all of it */
export const signIn = async (access: SourceAccess, settings: MssqlSettings, deadline: AbortSignal): Promise<MssqlSession> => {
  const { host, instance } = settings
  const sockets = checkedSockets(access, deadline, { product: errorBook.product, isGreeting: ([first]) => first === tabularResult })
  return sockets.signIn(async () => {
    const tedious = await loadTedious()
    const port =
      instance === undefined ? settings.port : await findInstancePort(instance, { host, port: browserPort }, { access, deadline })
    const connection = careful(tedious, configOf({ ...settings, port }, access), async (to) => {
      const socket = await sockets.open(to)
      sockets.hear(socket, to)
      return socket
    })
    await connected(connection)
    const requests = requestsOn(tedious, connection)
    const about = await lookAround(requests)
    const close = async (): Promise<void> => {
      access.signal.removeEventListener('abort', stop)
      // The query is ended first: the server need not find out by itself.
      await requests.interrupt()
      if (connection.closed) return
      const ended = once(connection, 'end')
      connection.close()
      await ended
    }
    const stop = (): void => void close()
    access.signal.addEventListener('abort', stop, { once: true })
    return { ...requests, ...about, settings, begin: () => begin(tedious, connection, about.snapshots), close }
  })
}

const configOf = ({ host, port, database, user, tls, ca }: MssqlSettings, { credentials, connectTimeoutMs }: SourceAccess) => ({
  server: host,
  authentication: {
    type: 'default' as const,
    options: { userName: user, password: credentialsSchema.parse(credentials ?? {}).password ?? '' },
  },
  options: {
    port,
    database,
    appName: 'AIIA Data Refresh',
    connectTimeout: connectTimeoutMs,
    // Limits and attempts are the platform's own.
    requestTimeout: 0,
    maxRetriesOnTransientErrors: 0,
    // Of what a packet of TLS may hold.
    packetSize: 16_000,
    lowerCaseGuids: true,
    encrypt: tls !== 'disable',
    trustServerCertificate: tls !== 'verify-full',
    ...(ca !== undefined && { cryptoCredentialsDetails: { ca } }),
  },
})

/** @throws what the server has said first, with its number */
const connected = (connection: Connection): Promise<void> =>
  new Promise((resolve, reject) => {
    let said: { number: number } | undefined
    const hear = ({ number }: { number: number }): void => {
      said ??= { number }
    }
    connection.on('errorMessage', hear)
    connection.connect((error) => {
      connection.off('errorMessage', hear)
      if (error === undefined) resolve()
      else reject(said === undefined ? error : Object.assign(error, said))
    })
  })

type About = { version: string; edition: string; home: string; snapshot: number | null; versioned: boolean | null }

const lookAround = async ({ query }: Requests): Promise<Pick<MssqlSession, 'serverVersion' | 'home' | 'snapshots'>> => {
  await query('SET LOCK_TIMEOUT 30000')
  const [about] = await query<About>(
    `SELECT CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion')) AS version, CONVERT(nvarchar(128), SERVERPROPERTY('Edition')) AS edition,
       SCHEMA_NAME() AS home, d.snapshot_isolation_state AS snapshot, d.is_read_committed_snapshot_on AS versioned
     FROM (SELECT 1 AS one) AS always LEFT JOIN sys.databases d ON d.database_id = DB_ID()`,
  )
  return {
    serverVersion: `SQL Server ${about?.version} (${about?.edition})`,
    home: about?.home ?? 'dbo',
    snapshots: about?.snapshot === 1 ? 'transaction' : about?.versioned === true ? 'statement' : 'none',
  }
}

const begin = (tedious: Tedious, connection: Connection, snapshots: MssqlSession['snapshots']): Promise<void> =>
  new Promise((resolve, reject) => {
    // Rejected: REPEATABLE READ, whose locks would keep the source's own users from every row that was read until the run ends.
    const { SNAPSHOT, READ_COMMITTED } = tedious.ISOLATION_LEVEL
    const level = snapshots === 'transaction' ? SNAPSHOT : READ_COMMITTED
    connection.beginTransaction((error) => (error ? reject(error) : resolve()), '', level)
  })

/** The driver has codes of its own, and puts what the network says into an error of its own. */
export const toSignInError = (error: unknown, settings: MssqlSettings, timeoutMs: number): SyncError => {
  const at = `${settings.host}:${settings.port}`
  const failed = (message: string) => new SyncError('TLS_FAILED', message, { cause: error, place: { step: 'CONNECT' } })
  if (error instanceof NotEncryptedError) return failed(`${at} does not encrypt, and TLS is set to ${settings.tls}.`)
  if (codeOf(error) === 'EENCRYPT') return failed(`${at} demands encryption. Set TLS to require.`)
  const network = error instanceof Error && codeOf(error) === 'ESOCKET' && error.cause instanceof Error ? error.cause : error
  return toConnectError(errorBook, network, settings, timeoutMs)
}
