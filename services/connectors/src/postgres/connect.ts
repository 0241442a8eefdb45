/** Signs in: resolves the host, checks every address, connects to the one that was checked. */

import { lookup } from 'node:dns/promises'
import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import { cancelQuery } from '@aiia/pg-copy/cancel-query'
import pg from 'pg'
import { addressOf, credentialsSchema, type PostgresSettings, settingsSchema } from './config.ts'
import { toConnectError } from './errors.ts'

export type PostgresSession = {
  client: pg.Client
  settings: PostgresSettings
  access: SourceAccess
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

/** @throws SyncError */
export const connect = async (access: SourceAccess): Promise<PostgresSession> => {
  const settings = settingsSchema.parse(access.settings)
  const { connectTimeoutMs, log } = access
  log('INFO', `Connecting to ${addressOf(settings)}...`)
  const started = Date.now()
  try {
    const client = await signIn(access, settings, await resolve(settings, access))
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    const serverVersion = `PostgreSQL ${rows[0]?.server_version}`
    log('INFO', `Connected in ${Date.now() - started} ms: ${serverVersion}.`)
    const stop = (): void => {
      // The query is ended first: a server notices a closed socket only when it next sends something.
      void cancelQuery(client).then(() => client.end().catch(() => {}))
    }
    access.signal.addEventListener('abort', stop, { once: true })
    const close = async (): Promise<void> => {
      access.signal.removeEventListener('abort', stop)
      await client.end().catch(() => {})
    }
    return { client, settings, access, serverVersion, close }
  } catch (error) {
    throw toConnectError(error, settings, connectTimeoutMs)
  }
}

/** @throws SyncError PERMISSION_DENIED for a network that the worker may not reach */
const resolve = async ({ host, port }: PostgresSettings, { targets }: SourceAccess): Promise<string> => {
  const addresses = await lookup(host, { all: true })
  for (const { address } of addresses) {
    const refusal = targets.refusal(address, port)
    if (refusal !== null)
      throw new SyncError('PERMISSION_DENIED', `Workers may not connect to ${host}:${port}: ${refusal}.`, { place: { step: 'CONNECT' } })
  }
  const first = addresses[0]
  if (first === undefined) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' })
  return first.address
}

const signIn = async (
  { credentials, connectTimeoutMs, signal }: SourceAccess,
  settings: PostgresSettings,
  address: string,
): Promise<pg.Client> => {
  const { port, database, user, statementTimeoutSeconds } = settings
  const limits = statementTimeoutSeconds === undefined ? [] : [`statement_timeout=${statementTimeoutSeconds}s`]
  const client = new pg.Client({
    host: address,
    port,
    database,
    user,
    // The driver would otherwise look for a password in the worker's environment and files.
    password: credentialsSchema.parse(credentials ?? {}).password ?? '',
    ssl: tlsOf(settings),
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    application_name: 'AIIA Data Refresh',
    options: [...sessionSettings, ...limits].map((setting) => `-c ${setting}`).join(' '),
  })
  // A lost connection rejects the query under way; without a listener it would also end the thread.
  client.on('error', () => {})
  const abort = () => void client.end().catch(() => {})
  signal.addEventListener('abort', abort, { once: true })
  try {
    signal.throwIfAborted()
    await client.connect()
    return client
  } catch (error) {
    void client.end().catch(() => {})
    throw error
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

const tlsOf = ({ tls, ca, host }: PostgresSettings) => {
  if (tls === 'disable') return false
  return { servername: host, rejectUnauthorized: tls === 'verify-full', ...(ca !== undefined && { ca }) }
}
