/** Signs in: every address that the driver wants is checked, also those that a system database or a cloud sends it on to. */

import { isIP, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { connect as startTls } from 'node:tls'
import { callbackify } from 'node:util'
import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import type { Client, ClientOptions } from 'hdb'
import type { Peer } from '../network/addresses.ts'
import { codeOf } from '../network/errors.ts'
import { type CheckedSockets, checkedSockets } from '../sql-database/checked-sockets.ts'
import { credentialsSchema } from '../sql-database/settings.ts'
import type { HanaSettings } from './config.ts'
import { errorBook } from './errors.ts'
import { type Requests, requestsOn } from './requests.ts'

export type HanaSession = Requests & {
  settings: HanaSettings
  serverVersion: string
  /** Schema of names without one. */
  home: string
  /** A read-only transaction that shows one moment. */
  begin(): Promise<void>
  close(): Promise<void>
}

/** The first answer begins with the major version of the product. */
const mostMajor = 0x1f

/** Names every type of its catalogue in a result, but the decimals of later servers. */
const dataFormat = 7

/** A server that has gone takes no leave. */
const patienceMs = 1_000
/** For a sign-in of its own. */
const cancelPatienceMs = 5_000

/** @param deadline covers all of it */
export const signIn = async (access: SourceAccess, settings: HanaSettings, deadline: AbortSignal): Promise<HanaSession> => {
  const sockets = socketsFor(access, settings, deadline)
  return sockets.signIn(async () => {
    const client = await connected(access, settings, sockets)
    const requests = requestsOn(client, async () => {
      await cancelSession(access, settings, client.connectOptions.connectionId)
      sockets.destroy()
    })
    const [about] = await requests.query<{ version: string; home: string }>(
      'SELECT VERSION AS "version", CURRENT_SCHEMA AS "home" FROM SYS.M_DATABASE',
    )
    const close = async (): Promise<void> => {
      access.signal.removeEventListener('abort', stop)
      await requests.interrupt()
      const left = new Promise<void>((resolve) => client.disconnect(() => resolve()))
      await Promise.race([left, wait(patienceMs, undefined, { ref: false })])
      sockets.destroy()
    }
    const stop = (): void => void close()
    access.signal.addEventListener('abort', stop, { once: true })
    const begin = async (): Promise<void> => {
      client.setAutoCommit(false)
      // The level first: it holds from the beginning of the transaction.
      await requests.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
      await requests.query('SET TRANSACTION READ ONLY')
    }
    return {
      ...requests,
      settings,
      serverVersion: `SAP HANA ${about?.version}`,
      home: about?.home ?? settings.user.toUpperCase(),
      begin,
      close,
    }
  })
}

const socketsFor = (access: SourceAccess, { tls, ca }: HanaSettings, deadline: AbortSignal): CheckedSockets =>
  checkedSockets(access, deadline, {
    product: errorBook.product,
    isGreeting: ([major = 0]) => major <= mostMajor,
    ...(tls !== 'disable' && {
      secure: (socket: Socket, { host }: Peer) =>
        new Promise<Socket>((resolve, reject) => {
          // An address is no server name in TLS, and is compared with the certificate's addresses instead.
          const peer = isIP(host) === 0 ? { servername: host } : { host }
          const secured = startTls({ ...peer, socket, rejectUnauthorized: tls === 'verify-full', ...(ca !== undefined && { ca }) })
          secured.on('error', reject)
          secured.once('secureConnect', () => resolve(secured))
        }),
    }),
  })

const connected = async (
  { credentials, connectTimeoutMs }: SourceAccess,
  settings: HanaSettings,
  sockets: CheckedSockets,
): Promise<Client> => {
  const { host, port, user, database } = settings
  // Loading the driver takes half a second and is left to the runs that need it.
  const { default: hdb } = await import('hdb')
  const reach = callbackify(async (to: Peer): Promise<Socket> => {
    const socket = await sockets.open(to)
    sockets.hear(socket, to)
    // Until it has the first answer, the driver does not hear of an end, and waits on.
    return socket.once('end', () => socket.destroy(Object.assign(new Error('The server hung up.'), { code: 'ECONNRESET' })))
  })
  /** The driver would connect by itself, and go by itself to where it is sent on. As of hdb 2.30. */
  class CheckedClient extends hdb.Client {
    override ['_createConnection'](options: ClientOptions) {
      return Object.assign(super['_createConnection'](options), { _connectFn: reach })
    }
  }
  const client = new CheckedClient({
    host,
    port,
    user,
    password: credentialsSchema.parse(credentials ?? {}).password ?? '',
    ...(database !== undefined && { databaseName: database }),
    initializationTimeout: connectTimeoutMs,
    dataFormatSupport: dataFormat,
  })
  // A lost connection rejects the request under way; without a listener it would also end the thread.
  client.on('error', () => {})
  await new Promise<void>((resolve, reject) => client.connect((error) => (error ? reject(error) : resolve())))
  return client
}

/**
 * Over a connection of its own, since the first is busy. In vain where the server is gone or the user may not: then the end
 * of the first connection has to do.
 */
const cancelSession = async (access: SourceAccess, settings: HanaSettings, connectionId: number | undefined): Promise<void> => {
  if (connectionId === undefined) return
  const deadline = AbortSignal.timeout(cancelPatienceMs)
  const sockets = socketsFor(access, settings, deadline)
  const cancel = async (): Promise<void> => {
    const client = await connected(access, settings, sockets)
    await new Promise<void>((resolve) => client.exec(`ALTER SYSTEM CANCEL SESSION '${connectionId}'`, {}, () => resolve()))
  }
  await sockets.signIn(cancel).catch(() => {})
  sockets.destroy()
}

/** What the driver says by itself; null: the book knows. */
export const toSignInError = (error: unknown, { host, port, user }: HanaSettings): SyncError | null =>
  codeOf(error) === 'EHDBNOAUTHMETH'
    ? new SyncError(
        'INVALID_CREDENTIALS',
        `${host}:${port} and this connector know no common way to sign in, or the connector has no password of "${user}".`,
        { cause: error, place: { step: 'CONNECT' } },
      )
    : null
