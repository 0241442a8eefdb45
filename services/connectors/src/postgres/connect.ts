/** Signs in: resolves the host, checks every address, connects to one that was checked. */

import { isIP } from 'node:net'
import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import { withTimeout } from '@aiia/kit/with-timeout'
import { cancelQuery } from '@aiia/pg-copy/cancel-query'
import { destroyConnection, hearGreeting } from '@aiia/pg-copy/taken-socket'
import pg from 'pg'
import { connectToAny } from '../network/addresses.ts'
import { beginning } from '../network/greeting.ts'
import { addressOf, credentialsSchema, type DatabaseSettings } from '../sql-database/settings.ts'
import { scheme, settingsSchema } from './config.ts'
import { toConnectError } from './errors.ts'

export type PostgresSession = {
  client: pg.Client
  settings: DatabaseSettings
  serverVersion: string
  close(): Promise<void>
}

/** Dates and numbers in a form of their own, whatever the role's defaults are. */
const sessionSettings = [
  'timezone=UTC',
  'datestyle=ISO',
  'intervalstyle=postgres',
  'extra_float_digits=1',
  'lock_timeout=30s',
  'default_transaction_read_only=on',
]

/**
 * The connect timeout covers all of it: the name's lookup, every address that is tried, and the sign-in.
 *
 * @throws SyncError; the reason of `access.signal` when that was aborted
 */
export const connect = async (access: SourceAccess): Promise<PostgresSession> => {
  const settings = settingsSchema.parse(access.settings)
  const { connectTimeoutMs, log, signal } = access
  log('INFO', `Connecting to ${addressOf(scheme, settings)}...`)
  const started = performance.now()
  const deadline = withTimeout(signal, connectTimeoutMs)
  try {
    const { client, serverVersion } = await connectToAny(settings, { access, deadline }, (address, patienceMs) =>
      signIn(address, patienceMs, { access, settings, deadline }),
    )
    log('INFO', `Connected in ${Math.round(performance.now() - started)} ms: ${serverVersion}.`)
    const stop = (): void => {
      // The query is ended first: a server notices a closed socket only when it next sends something.
      void cancelQuery(client).then(() => client.end().catch(() => {}))
    }
    signal.addEventListener('abort', stop, { once: true })
    const close = async (): Promise<void> => {
      signal.removeEventListener('abort', stop)
      await client.end().catch(() => {})
    }
    return { client, settings, serverVersion, close }
  } catch (error) {
    signal.throwIfAborted()
    throw toConnectError(error, settings, connectTimeoutMs)
  }
}

type SignIn = { access: SourceAccess; settings: DatabaseSettings; deadline: AbortSignal }
type SignedIn = { client: pg.Client; serverVersion: string }

const signIn = async (address: string, patienceMs: number, { access, settings, deadline }: SignIn): Promise<SignedIn> => {
  const { port, database, user, statementTimeoutSeconds } = settings
  const limits = statementTimeoutSeconds === undefined ? [] : [`statement_timeout=${statementTimeoutSeconds}s`]
  const client = new pg.Client({
    host: address,
    port,
    database,
    user,
    // The driver would otherwise look for a password in the worker's environment and files.
    password: credentialsSchema.parse(access.credentials ?? {}).password ?? '',
    ssl: tlsOf(settings),
    connectionTimeoutMillis: patienceMs,
    // A peer that went without a word is noticed within half a minute, not after the system's two hours.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'AIIA Data Refresh',
    options: [...sessionSettings, ...limits].map((setting) => `-c ${setting}`).join(' '),
  })
  // A lost connection rejects the query under way; without a listener it would also end the thread.
  client.on('error', () => {})
  const greeting = hearGreeting(client)
  const abort = (): void => destroyConnection(client, deadline.reason as Error)
  deadline.addEventListener('abort', abort, { once: true })
  try {
    deadline.throwIfAborted()
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    return { client, serverVersion: `PostgreSQL ${rows[0]?.server_version}` }
  } catch (error) {
    destroyConnection(client, deadline.reason as Error)
    throw strangerAt(settings, greeting()) ?? error
  } finally {
    deadline.removeEventListener('abort', abort)
  }
}

/** Another service on that port, which the driver would wait for until it hangs up. */
const strangerAt = ({ host, port, tls }: DatabaseSettings, greeting: Buffer | undefined): SyncError | undefined => {
  // Postgres begins with a message on the sign-in, or with one letter on TLS.
  if (greeting === undefined || (tls === 'disable' ? 'RENv' : 'SNE').includes(String.fromCharCode(greeting[0] ?? 0))) return undefined
  return new SyncError('PROTOCOL_ERROR', `${host}:${port} does not answer as a PostgreSQL server: it ${beginning(greeting)}.`, {
    place: { step: 'CONNECT' },
  })
}

const tlsOf = ({ tls, ca, host }: DatabaseSettings) => {
  if (tls === 'disable') return false
  // An address is no server name in TLS, and is compared with the certificate's addresses instead.
  const peer = isIP(host) === 0 ? { servername: host } : { host }
  return { ...peer, rejectUnauthorized: tls === 'verify-full', ...(ca !== undefined && { ca }) }
}
