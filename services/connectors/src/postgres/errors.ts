/** What Postgres and the network say, in the terms of the catalogue. */

import type { FailureCode } from '@aiia/core/failures/catalogue'
import { type FailurePlace, SyncError } from '@aiia/core/failures/failure'
import { ConnectionLostError } from '@aiia/pg-copy/server-error'
import { codeOf, messageOf, toNetworkError } from '../network/errors.ts'
import type { DatabaseSettings } from '../sql-database/settings.ts'

/** Whether the server said it itself, which the driver gives all the fields of an ErrorResponse. */
const isServers = (error: unknown): boolean => error instanceof Error && 'severity' in error

/** The connection broke; 08P01 is a violation of the protocol instead. */
const lost = /^(ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|08(?!P01)\w{3})$/

const connecting: readonly (readonly [RegExp, FailureCode])[] = [
  [/^(28P01|28000|3D000)$/, 'INVALID_CREDENTIALS'],
  [/^42501$/, 'PERMISSION_DENIED'],
  [/^(57P0[1-5]|53\d{3}|55000)$/, 'SOURCE_UNAVAILABLE'],
  [lost, 'CONNECTION_LOST'],
]

/** While signing in. */
export const toConnectError = (error: unknown, settings: DatabaseSettings, timeoutMs: number): SyncError => {
  if (error instanceof SyncError) return error
  const [code, text] = [codeOf(error), messageOf(error)]
  const at = `${settings.host}:${settings.port}`
  const failed = (failure: FailureCode, message: string) => new SyncError(failure, message, { cause: error, place: { step: 'CONNECT' } })
  const network = toNetworkError(error, settings, timeoutMs)
  if (network !== null) return network
  if (!isServers(error) && /\b(SSL|TLS)\b|certificate/.test(text)) return failed('TLS_FAILED', `TLS failed with ${at}: ${text}.`)
  if (/client password must be/.test(text))
    return failed('INVALID_CREDENTIALS', `${at} asks for a password of "${settings.user}", and the connector has none.`)
  const known = connecting.find(([pattern]) => pattern.test(code))?.[1]
  switch (known) {
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

export type QueryContext = { settings: DatabaseSettings; place: FailurePlace; what: string; sql?: string }

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
