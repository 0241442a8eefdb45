/** What MySQL, MariaDB and the network say, in the terms of the catalogue. */

import type { FailureCode } from '@aiia/core/failures/catalogue'
import { type FailurePlace, SyncError } from '@aiia/core/failures/failure'
import { codeOf, isBroken, messageOf, toNetworkError } from '../network/errors.ts'
import type { DatabaseSettings } from '../sql-database/settings.ts'

/** With the number that the reference of its error messages has. */
export class ServerError extends Error {
  readonly errno: number

  constructor(message: string, errno: number) {
    super(message)
    this.errno = errno
  }
}

export class ConnectionLostError extends Error {}

/** 0 for what no server has said. */
const errnoOf = (error: unknown): number =>
  error instanceof Error && 'errno' in error && typeof error.errno === 'number' && error.errno > 0 ? error.errno : 0

const overloaded = [1040, 1041, 1129, 1203, 1226]
const stopping = [1053, 1927, 1077]
const accessDenied = [1045, 1049, 1130, 1698, 1524, 2059]
const forbidden = [1044, 1142, 1143, 1227, 1345, 1356, 1370]
const interrupted = [1317, 1969, 3024, 1028]
const conflicts = [1205, 1213, 1412]
const gone = [1051, 1054, 1109, 1146]

/** While signing in. */
export const toConnectError = (error: unknown, settings: DatabaseSettings, timeoutMs: number): SyncError => {
  if (error instanceof SyncError) return error
  const network = toNetworkError(error, settings, timeoutMs)
  if (network !== null) return network
  const [errno, text] = [errnoOf(error), messageOf(error)]
  const at = `${settings.host}:${settings.port}`
  const failed = (failure: FailureCode, message: string) => new SyncError(failure, message, { cause: error, place: { step: 'CONNECT' } })
  if (errno === 3159 || /secure transport/i.test(text))
    return failed('TLS_FAILED', `${at} demands encryption: ${text}. Set TLS to require.`)
  if (accessDenied.includes(errno)) return failed('INVALID_CREDENTIALS', `Sign-in to ${at} refused: ${text} (error ${errno}).`)
  if (forbidden.includes(errno)) return failed('PERMISSION_DENIED', `${at}: ${text} (error ${errno}).`)
  if (overloaded.includes(errno) || stopping.includes(errno)) return failed('SOURCE_UNAVAILABLE', `${at}: ${text} (error ${errno}).`)
  if (isBroken(error) || codeOf(error) === 'PROTOCOL_CONNECTION_LOST')
    return failed('CONNECTION_LOST', `${at} ended the connection during sign-in.`)
  return failed('PROTOCOL_ERROR', `${at} does not answer as a MySQL server: ${text}.`)
}

export type QueryContext = { settings: DatabaseSettings; place: FailurePlace; what: string; sql?: string }

/** While looking up or reading a stream. `sql` is given where people wrote it themselves. */
export const toQueryError = (error: unknown, { settings, place, what, sql }: QueryContext): Error => {
  if (error instanceof SyncError || !(error instanceof Error)) return error instanceof Error ? error : new Error(String(error))
  const errno = errnoOf(error)
  const at = `${settings.host}:${settings.port}`
  const failed = (failure: FailureCode, message: string) => new SyncError(failure, message, { cause: error, place })
  if (
    error instanceof ConnectionLostError ||
    isBroken(error) ||
    stopping.includes(errno) ||
    /closed state|Connection lost/.test(error.message)
  )
    return failed('CONNECTION_LOST', `The connection to ${at} was lost while reading ${what}.`)
  if (errno === 0) return error
  const said = `${error.message} (error ${errno})`
  if (interrupted.includes(errno)) return failed('SOURCE_UNAVAILABLE', `The source ended the query of ${what}: ${said}.`)
  if (overloaded.includes(errno) || conflicts.includes(errno)) return failed('SOURCE_UNAVAILABLE', `${at} cannot serve now: ${said}.`)
  if (forbidden.includes(errno)) return failed('PERMISSION_DENIED', `The user "${settings.user}" may not read ${what}: ${said}.`)
  if (sql !== undefined) return failed('INVALID_QUERY', `The source refuses the SQL of ${what}: ${said}.`)
  if (gone.includes(errno)) return failed('COLUMN_MISSING', `The source no longer has what ${what} reads: ${said}.`)
  return failed('PROTOCOL_ERROR', `The source failed while reading ${what}: ${said}.`)
}
