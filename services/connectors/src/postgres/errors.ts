/** What Postgres and the network say, in the terms of the catalogue. */

import type { FailureCode } from '@aiia/core/failures/catalogue'
import { type FailurePlace, SyncError } from '@aiia/core/failures/failure'
import { ConnectionLostError } from '@aiia/pg-copy/server-error'
import type { PostgresSettings } from './config.ts'

/** Of a socket or DNS error, or an SQLSTATE. */
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}

/** Whether the server said it itself, which the driver gives all the fields of an ErrorResponse. */
const isServers = (error: unknown): boolean => error instanceof Error && 'severity' in error

const tlsCodes = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS|ERR_SSL|EPROTO)/
const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || /timeout expired|connection timeout/i.test(error.message))

/** The address did not answer, so that another one of the same host may. */
export const isUnreachable = (error: unknown): boolean =>
  isTimeout(error) || /^(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(codeOf(error))

/** The connection broke; 08P01 is a violation of the protocol instead. */
const lost = /^(ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|08(?!P01)\w{3})$/

const connecting: readonly (readonly [RegExp, FailureCode])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/, 'HOST_NOT_FOUND'],
  [/^ECONNREFUSED$/, 'CONNECTION_REFUSED'],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'CONNECTION_TIMEOUT'],
  [/^(28P01|28000|3D000)$/, 'INVALID_CREDENTIALS'],
  [/^42501$/, 'PERMISSION_DENIED'],
  [/^(57P0[1-5]|53\d{3}|55000)$/, 'SOURCE_UNAVAILABLE'],
  [lost, 'CONNECTION_LOST'],
]

/** While signing in. */
export const toConnectError = (error: unknown, settings: PostgresSettings, timeoutMs: number): SyncError => {
  if (error instanceof SyncError) return error
  const [code, text] = [codeOf(error), messageOf(error)]
  const at = `${settings.host}:${settings.port}`
  const failed = (failure: FailureCode, message: string) => new SyncError(failure, message, { cause: error, place: { step: 'CONNECT' } })
  const seconds = timeoutMs / 1_000
  if (isTimeout(error))
    return failed('CONNECTION_TIMEOUT', `Connection timeout. Unable to reach ${at} after ${seconds} second${seconds === 1 ? '' : 's'}.`)
  if (tlsCodes.test(code) || (!isServers(error) && /\b(SSL|TLS)\b|certificate/.test(text)))
    return failed('TLS_FAILED', `TLS failed with ${at}: ${text}.`)
  if (/client password must be/.test(text))
    return failed('INVALID_CREDENTIALS', `${at} asks for a password of "${settings.user}", and the connector has none.`)
  const known = connecting.find(([pattern]) => pattern.test(code))?.[1]
  switch (known) {
    case 'HOST_NOT_FOUND':
      return failed(known, `Host not found. The name "${settings.host}" has no address.`)
    case 'CONNECTION_REFUSED':
      return failed(known, `Connection refused. Nothing accepts connections at ${at}.`)
    case 'CONNECTION_TIMEOUT':
      return failed(known, `Unable to reach ${at}: ${code}.`)
    case undefined:
      return /terminated|ended|closed/i.test(text)
        ? failed('CONNECTION_LOST', `${at} ended the connection during sign-in.`)
        : failed('PROTOCOL_ERROR', `${at} does not answer as a PostgreSQL server: ${text}.`)
    case 'INVALID_CREDENTIALS':
      return failed(
        known,
        `Sign-in to ${at} refused: ${text} (SQLSTATE ${code}).${/no encryption|SSL off/.test(text) ? ' Where the server demands encryption, set TLS to require.' : ''}`,
      )
    default:
      return failed(known, `${at}: ${text} (${code}).`)
  }
}

export type QueryContext = { settings: PostgresSettings; place: FailurePlace; what: string; sql?: string }

/** While looking up or reading a stream. `sql` is given where people wrote it themselves. */
export const toQueryError = (error: unknown, { settings, place, what, sql }: QueryContext): Error => {
  if (error instanceof SyncError || !(error instanceof Error)) return error instanceof Error ? error : new Error(String(error))
  const code = codeOf(error)
  const at = `${settings.host}:${settings.port}`
  const failed = (failure: FailureCode, message: string) => new SyncError(failure, message, { cause: error, place })
  if (error instanceof ConnectionLostError || lost.test(code) || /Connection terminated|not queryable/i.test(error.message)) {
    return failed('CONNECTION_LOST', `The connection to ${at} was lost while reading ${what}.`)
  }
  if (/^(57P0[1-5]|53\d{3}|55P03|40\w{3})$/.test(code))
    return failed('SOURCE_UNAVAILABLE', `${at} cannot serve now: ${error.message} (SQLSTATE ${code}).`)
  if (code === '57014') return failed('SOURCE_UNAVAILABLE', `The source ended the query of ${what}: ${error.message} (SQLSTATE ${code}).`)
  if (code === '42501')
    return failed('PERMISSION_DENIED', `The user "${settings.user}" may not read ${what}: ${error.message} (SQLSTATE ${code}).`)
  if (sql !== undefined && /^(42|22|25|26|0A|21|34|3F|08P01)/.test(code)) {
    return failed(
      'INVALID_QUERY',
      `The source refuses the SQL of ${what}: ${explain(code, error)} (SQLSTATE ${code})${placeIn(sql, error)}.`,
    )
  }
  if (/^(42P01|42703|3F000)$/.test(code))
    return failed('COLUMN_MISSING', `The source no longer has what ${what} reads: ${error.message} (SQLSTATE ${code}).`)
  if (code.startsWith('22')) return failed('INVALID_QUERY', `The source cannot compute ${what}: ${error.message} (SQLSTATE ${code}).`)
  if (code !== '') return failed('PROTOCOL_ERROR', `The source failed while reading ${what}: ${error.message} (${code}).`)
  return error
}

const explain = (code: string, error: Error): string => {
  if (code === '25006') return `the session is read-only: ${error.message}`
  if (code === '08P01') return 'it has a parameter such as $1, which nothing gives a value'
  return /multiple commands/.test(error.message) ? 'it must be one statement' : error.message
}

/** Line and column in what people wrote; the server counts characters, not UTF-16 units. */
const placeIn = (sql: string, error: Error): string => {
  const position = 'position' in error ? Number(error.position) : Number.NaN
  const characters = Array.from(sql)
  if (!(position > 0) || position > characters.length) return ''
  const before = characters.slice(0, position - 1)
  return `, at line ${before.filter((character) => character === '\n').length + 1}, column ${position - 1 - before.lastIndexOf('\n')}`
}
