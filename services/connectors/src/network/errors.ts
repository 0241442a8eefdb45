/** What a network says on the way to a server, in the terms of the catalogue. */

import type { FailureCode } from '@aiia/core/failures/catalogue'
import { SyncError } from '@aiia/core/failures/failure'
import type { Peer } from './addresses.ts'

/** Of a socket or DNS error, or the server's own. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

export const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || /timeout expired|connection timeout|connect ETIMEDOUT/i.test(error.message))

/** The address did not answer, so that another one of the same host may. */
export const isUnreachable = (error: unknown): boolean =>
  isTimeout(error) || /^(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(codeOf(error))

/** Socket codes of a connection that broke. */
export const isBroken = (error: unknown): boolean => /^(ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(codeOf(error))

const tlsCodes = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS|ERR_SSL|EPROTO|HANDSHAKE_.*SSL)/

/** @returns null for what is not the network's doing: the server has answered */
export const toNetworkError = (error: unknown, { host, port }: Peer, timeoutMs: number): SyncError | null => {
  const [code, text] = [codeOf(error), messageOf(error)]
  const at = `${host}:${port}`
  const failed = (failure: FailureCode, message: string) => new SyncError(failure, message, { cause: error, place: { step: 'CONNECT' } })
  const seconds = timeoutMs / 1_000
  if (isTimeout(error))
    return failed('CONNECTION_TIMEOUT', `Connection timeout. Unable to reach ${at} after ${seconds} second${seconds === 1 ? '' : 's'}.`)
  if (tlsCodes.test(code)) return failed('TLS_FAILED', `TLS failed with ${at}: ${text}.`)
  if (/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/.test(code))
    return failed('HOST_NOT_FOUND', `Host not found. The name "${host}" has no address.`)
  if (code === 'ECONNREFUSED') return failed('CONNECTION_REFUSED', `Connection refused. Nothing accepts connections at ${at}.`)
  if (/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(code))
    return failed('CONNECTION_TIMEOUT', `Unable to reach ${at}: ${code}.`)
  return null
}
