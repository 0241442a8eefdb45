/** What servers and the network say, in the terms of the catalogue; a book a product says which of its numbers means what. */

import type { FailureCode } from '@aiia/core/failures/catalogue'
import { type FailurePlace, SyncError } from '@aiia/core/failures/failure'
import { isBroken, messageOf, toNetworkError } from '../network/errors.ts'
import type { DatabaseSettings } from './settings.ts'

/** A connection ended, as the driver tells it. */
export class ConnectionLostError extends Error {}

/** What the server itself has said. */
export type Saying = {
  number: number
  /** The number as people look it up, such as `ORA-00942`. */
  code: string
  text: string
  /** Line of the statement. */
  line?: number | undefined
}

export type ErrorBook = {
  /** Such as `a SQL Server`. */
  product: string
  /** null: what the network or the driver says. */
  sayingOf(error: unknown): Saying | null
  /** The connection ended, in the driver's words. */
  isLost(error: unknown): boolean
  /** Wrong user, password or database; a locked or expired account. */
  signInRefused: readonly number[]
  forbidden: readonly number[]
  /** Busy, starting, stopping, out of something; or another transaction was in the way. */
  unavailable: readonly number[]
  /** Somebody or some limit ended the query. */
  interrupted: readonly number[]
  /** The session was ended. */
  ended: readonly number[]
  /** Tables and columns that are not there. */
  missing: readonly number[]
}

type Signer = Pick<DatabaseSettings, 'host' | 'port' | 'user'>

/** While signing in. */
export const toConnectError = (book: ErrorBook, error: unknown, settings: Signer, timeoutMs: number): SyncError => {
  if (error instanceof SyncError) return error
  const network = toNetworkError(error, settings, timeoutMs)
  if (network !== null) return network
  const at = `${settings.host}:${settings.port}`
  const failed = (failure: FailureCode, message: string) => new SyncError(failure, message, { cause: error, place: { step: 'CONNECT' } })
  const said = book.sayingOf(error)
  if (said === null)
    return isBroken(error) || book.isLost(error)
      ? failed('CONNECTION_LOST', `${at} ended the connection during sign-in.`)
      : failed('PROTOCOL_ERROR', `${at} does not answer as ${book.product}: ${sentence(messageOf(error))}.`)
  const words = `${sentence(said.text)} (${said.code})`
  if (book.signInRefused.includes(said.number)) return failed('INVALID_CREDENTIALS', `Sign-in to ${at} refused: ${words}.`)
  if (book.forbidden.includes(said.number)) return failed('PERMISSION_DENIED', `${at}: ${words}.`)
  if (book.unavailable.includes(said.number)) return failed('SOURCE_UNAVAILABLE', `${at} cannot serve now: ${words}.`)
  if (book.ended.includes(said.number)) return failed('CONNECTION_LOST', `${at} ended the connection during sign-in: ${words}.`)
  return failed('PROTOCOL_ERROR', `${at} refused the connection: ${words}.`)
}

export type QueryContext = { settings: Signer; place: FailurePlace; what: string; sql?: string }

/** While looking up or reading a stream. `sql` is given where people wrote it themselves. */
export const toQueryError = (book: ErrorBook, error: unknown, { settings, place, what, sql }: QueryContext): Error => {
  if (error instanceof SyncError) return error
  const at = `${settings.host}:${settings.port}`
  const failed = (failure: FailureCode, message: string) => new SyncError(failure, message, { cause: error, place })
  const said = book.sayingOf(error)
  if (error instanceof ConnectionLostError || isBroken(error) || book.isLost(error) || (said !== null && book.ended.includes(said.number)))
    return failed('CONNECTION_LOST', `The connection to ${at} was lost while reading ${what}.`)
  if (said === null) return error instanceof Error ? error : new Error(String(error))
  const words = `${sentence(said.text)} (${said.code})`
  if (book.interrupted.includes(said.number)) return failed('SOURCE_UNAVAILABLE', `The source ended the query of ${what}: ${words}.`)
  if (book.unavailable.includes(said.number)) return failed('SOURCE_UNAVAILABLE', `${at} cannot serve now: ${words}.`)
  if (book.forbidden.includes(said.number))
    return failed('PERMISSION_DENIED', `The user "${settings.user}" may not read ${what}: ${words}.`)
  if (sql !== undefined) {
    const where = said.line === undefined || said.line > sql.split('\n').length ? '' : `, at line ${said.line}`
    return failed('INVALID_QUERY', `The source refuses the SQL of ${what}: ${words}${where}.`)
  }
  if (book.missing.includes(said.number)) return failed('COLUMN_MISSING', `The source no longer has what ${what} reads: ${words}.`)
  return failed('PROTOCOL_ERROR', `The source failed while reading ${what}: ${words}.`)
}

/** In one line, without its full stop. */
const sentence = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '')
