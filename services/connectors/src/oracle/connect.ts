/** Signs in: every address that the driver wants is checked, also where a listener sends it on. */

import { setTimeout as wait } from 'node:timers/promises'
import type { FailureCode } from '@aiia/core/failures/catalogue'
import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import { codeOf, messageOf } from '../network/errors.ts'
import { checkedSockets } from '../sql-database/checked-sockets.ts'
import { credentialsSchema } from '../sql-database/settings.ts'
import type { OracleSettings } from './config.ts'
import { errorBook } from './errors.ts'
import { type Requests, requestsOn } from './requests.ts'
import { getConnection, loadOracledb } from './transport.ts'

export type OracleSession = Requests & {
  settings: OracleSettings
  serverVersion: string
  /** Schema of names without one. */
  home: string
  close(): Promise<void>
}

/** Accept, refuse, redirect, resend: what a listener says first, by the fifth byte of a packet. */
const answers = [2, 4, 5, 11]

/** A server that has gone takes no leave. */
const patienceMs = 1_000

/** @param deadline covers all of it */
export const signIn = async (access: SourceAccess, settings: OracleSettings, deadline: AbortSignal): Promise<OracleSession> => {
  const sockets = checkedSockets(access, deadline, { product: errorBook.product, isGreeting: (first) => answers.includes(first[4] ?? 0) })
  return sockets.signIn(async () => {
    const oracledb = await loadOracledb()
    const { password = '' } = credentialsSchema.parse(access.credentials ?? {})
    const attributes = { user: settings.user, password, connectString: descriptorOf(settings), program: 'aiia-data-refresh' }
    const connection = await getConnection(oracledb, attributes, sockets)
    const requests = requestsOn({ oracledb, connection, destroy: sockets.destroy })
    // Printed times follow the session's calendar, and its zone where they have one.
    await requests.query("ALTER SESSION SET TIME_ZONE = '+00:00' NLS_CALENDAR = 'GREGORIAN'")
    const [about] = await requests.query<{ HOME: string }>("SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') AS HOME FROM dual")
    const close = async (): Promise<void> => {
      access.signal.removeEventListener('abort', stop)
      // The query is ended first: the server finds out about a closed socket only when it next sends something.
      await requests.interrupt()
      await Promise.race([connection.close().catch(() => {}), wait(patienceMs, undefined, { ref: false })])
      sockets.destroy()
    }
    const stop = (): void => void close()
    access.signal.addEventListener('abort', stop, { once: true })
    const serverVersion = `Oracle Database ${connection.oracleServerVersionString}`
    return { ...requests, settings, serverVersion, home: about?.HOME ?? settings.user.toUpperCase(), close }
  })
}

/** @throws SyncError for a host that would reach into the descriptor */
const descriptorOf = ({ host, port, serviceName, tls }: OracleSettings): string => {
  if (!/^[\p{L}\p{N}_.:%-]+$/u.test(host))
    throw new SyncError('HOST_NOT_FOUND', `Host not found. The name "${host}" has no address.`, { place: { step: 'CONNECT' } })
  const address = `(ADDRESS=(PROTOCOL=${tls === 'disable' ? 'TCP' : 'TCPS'})(HOST=${host})(PORT=${port}))`
  return `(DESCRIPTION=${address}(CONNECT_DATA=(SERVICE_NAME=${serviceName}))(SECURITY=(SSL_SERVER_DN_MATCH=yes)))`
}

/** What the driver has numbers of its own for; null: the book knows. */
export const toSignInError = (error: unknown, { host, port, user }: OracleSettings): SyncError | null => {
  const at = `${host}:${port}`
  const failed = (code: FailureCode, message: string) => new SyncError(code, message, { cause: error, place: { step: 'CONNECT' } })
  switch (codeOf(error)) {
    case 'NJS-530':
      return failed('HOST_NOT_FOUND', `Host not found. The name "${host}" has no address.`)
    case 'NJS-505':
    case 'NJS-506':
    case 'NJS-507':
    case 'NJS-508':
      return failed('TLS_FAILED', `TLS failed with ${at}: ${messageOf(error).replaceAll(/\s+/g, ' ')}.`)
    case 'NJS-533':
      return failed('TLS_FAILED', `${at} demands Oracle’s native network encryption, which this connector does not speak. Use TLS (TCPS).`)
    case 'NJS-116':
      return failed(
        'INVALID_CREDENTIALS',
        `Sign-in to ${at} refused: the password of "${user}" is kept in a form of Oracle 10. Set it anew at the source.`,
      )
    default:
      return null
  }
}
