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

const tlsCodes = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS|ERR_SSL|EPROTO)/
const timeouts = /timeout expired|connection timeout/i

const connecting: readonly (readonly [RegExp, FailureCode])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/, 'HOST_NOT_FOUND'],
  [/^ECONNREFUSED$/, 'CONNECTION_REFUSED'],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, 'CONNECTION_TIMEOUT'],
  [/^(28P01|28000|3D000)$/, 'INVALID_CREDENTIALS'],
  [/^42501$/, 'PERMISSION_DENIED'],
  [/^(57P0[1-5]|53\d{3}|55000)$/, 'SOURCE_UNAVAILABLE'],
  [/^(ECONNRESET|EPIPE|08\w{3})$/, 'CONNECTION_LOST'],
]

/** While signing in. */
export const toConnectError = (error: unknown, settings: PostgresSettings, timeoutMs: number): SyncError => {
  if (error instanceof SyncError) return error
  const [code, text] = [codeOf(error), messageOf(error)]
  const at = `${settings.host}:${settings.port}`
  const failed = (failure: FailureCode, message: string) => new SyncError(failure, message, { cause: error, place: { step: 'CONNECT' } })
  const seconds = timeoutMs / 1_000
  if (timeouts.test(text))
    return failed('CONNECTION_TIMEOUT', `Connection timeout. Unable to reach ${at} after ${seconds} second${seconds === 1 ? '' : 's'}.`)
  if (tlsCodes.test(code) || /SSL|TLS|certificate/.test(text)) return failed('TLS_FAILED', `TLS failed with ${at}: ${text}.`)
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
      return failed(known, `Sign-in to ${at} refused: ${text} (SQLSTATE ${code}).`)
    default:
      return failed(known, `${at}: ${text} (${code}).`)
  }
}

export type QueryContext = { settings: PostgresSettings; place: FailurePlace; what: string; sql?: string; aborted: boolean }

/** While looking up or reading a stream. `sql` is given where people wrote it themselves. */
export const toQueryError = (error: unknown, { settings, place, what, sql }: QueryContext): Error => {
  if (error instanceof SyncError || !(error instanceof Error)) return error instanceof Error ? error : new Error(String(error))
  const code = codeOf(error)
  const at = `${settings.host}:${settings.port}`
  const failed = (failure: FailureCode, message: string) => new SyncError(failure, message, { cause: error, place })
  if (error instanceof ConnectionLostError || /^(ECONNRESET|EPIPE|08\w{3})$/.test(code) || /Connection terminated/i.test(error.message)) {
    return failed('CONNECTION_LOST', `The connection to ${at} was lost while reading ${what}.`)
  }
  if (/^(57P0[1-5]|53\d{3})$/.test(code))
    return failed('SOURCE_UNAVAILABLE', `${at} cannot serve now: ${error.message} (SQLSTATE ${code}).`)
  if (code === '57014') return failed('SOURCE_UNAVAILABLE', `The source ended the query of ${what}: ${error.message} (SQLSTATE ${code}).`)
  if (code === '42501')
    return failed('PERMISSION_DENIED', `The user "${settings.user}" may not read ${what}: ${error.message} (SQLSTATE ${code}).`)
  if (sql !== undefined && /^(42|22|25|26|0A|21|34|3F)/.test(code)) {
    return failed(
      'INVALID_QUERY',
      `The source refuses the SQL of ${what}: ${explain(code, error)} (SQLSTATE ${code})${placeIn(sql, error)}.`,
    )
  }
  if (/^(42P01|42703|3F000)$/.test(code))
    return failed('COLUMN_MISSING', `The source no longer has what ${what} reads: ${error.message} (SQLSTATE ${code}).`)
  if (code !== '') return failed('PROTOCOL_ERROR', `The source failed while reading ${what}: ${error.message} (${code}).`)
  return error
}

const explain = (code: string, error: Error): string => {
  if (code === '25006') return `the session is read-only: ${error.message}`
  return /multiple commands/.test(error.message) ? 'it must be one statement' : error.message
}

/** Line and column in what people wrote. */
const placeIn = (sql: string, error: Error): string => {
  const position = 'position' in error ? Number(error.position) : Number.NaN
  if (!(position > 0) || position > sql.length) return ''
  const before = sql.slice(0, position - 1).split('\n')
  return `, at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}
