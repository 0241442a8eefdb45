/** What HTTP servers and the way to them say, in the terms of the catalogue, without secrets. */

import { STATUS_CODES } from 'node:http'
import type { FailureCode } from '@aiia/core/failures/catalogue'
import { SyncError } from '@aiia/core/failures/failure'
import { toSingleLine } from '@aiia/core/job-run/log-line'
import type { Peer } from './addresses.ts'
import { codeOf, isBroken, messageOf, toNetworkError } from './errors.ts'
import { retryAfterOf } from './retry-after.ts'

export type HttpHeaders = Readonly<Record<string, string | string[] | undefined>>

/** What is told of a request in messages. */
export type RequestContext = {
  /** What the other side is, as the beginning of a sentence: `The API`. */
  what: string
  url: URL
  method?: 'GET' | 'POST'
  /** Texts that no message may hold. */
  secrets: readonly string[]
  connectTimeoutMs: number
  idleTimeoutMs: number
}

export const peerOf = ({ hostname, port, protocol }: URL): Peer => ({
  host: hostname,
  port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
})

const secretNames = /key|token|secret|passw|signature|^sig$/i
const longestUrl = 300

/** Without the values of parameters that are secrets, or look like it. */
export const printUrl = (url: URL, secrets: readonly string[] = []): string => {
  const shown = new URL(url)
  shown.username = ''
  shown.password = ''
  shown.hash = ''
  for (const name of new Set(shown.searchParams.keys())) if (secretNames.test(name)) shown.searchParams.set(name, '***')
  return shorten(redact(shown.href, secrets), longestUrl)
}

const printRequest = ({ method = 'GET', url, secrets }: RequestContext): string => `${method} ${printUrl(url, secrets)}`

/** Shorter ones would be found everywhere. */
const shortestSecret = 3

/** Replaces every secret, as it is and as it stands in a URL. */
const redact = (text: string, secrets: readonly string[]): string => {
  let shown = text
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue
    for (const printed of [secret, encodeURIComponent(secret), formEncoded(secret)]) shown = shown.replaceAll(printed, '***')
  }
  return shown
}

/** As a parameter of a query or of a form. */
export const formEncoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)

const shorten = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text)

/** A request or its body that failed below HTTP. */
export const toTransportError = (error: unknown, context: RequestContext): unknown => {
  const { what, url, connectTimeoutMs, idleTimeoutMs } = context
  if (error instanceof SyncError) return error
  const [code, peer] = [codeOf(error), peerOf(url)]
  const at = `${peer.host}:${peer.port}`
  const failed = (failure: FailureCode, message: string) => new SyncError(failure, message, { cause: error })
  const answering = `while it answered ${printRequest(context)}`
  const seconds = idleTimeoutMs / 1_000
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      return toNetworkError(new Error('connection timeout', { cause: error }), peer, connectTimeoutMs)
    case 'UND_ERR_HEADERS_TIMEOUT':
      return failed('CONNECTION_TIMEOUT', `${what} at ${at} took ${printRequest(context)} and did not answer within ${seconds} s.`)
    case 'UND_ERR_BODY_TIMEOUT':
      return failed('CONNECTION_LOST', `${what} at ${at} fell silent for ${seconds} s ${answering}.`)
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return failed('CONNECTION_LOST', `The connection to ${at} was cut ${answering}.`)
    default:
  }
  if (isBroken(error)) return failed('CONNECTION_LOST', `The connection to ${at} was cut ${answering}.`)
  if (isHttpFault(error) || /^(Z_|ERR_?_?BROTLI|ERR__ERROR_|ERR_PADDING|UND_ERR_HEADERS_OVERFLOW)/.test(code))
    return failed('PROTOCOL_ERROR', `${what} at ${at} does not answer as an HTTP server should: ${messageOf(error)}.`)
  return toNetworkError(error, peer, connectTimeoutMs) ?? error
}

const isHttpFault = (error: unknown): boolean => error instanceof Error && error.name === 'HTTPParserError'

/** The connection was closed before an answer began: the server may not have seen the request. */
export const isUnanswered = (error: unknown): boolean => codeOf(error) === 'UND_ERR_SOCKET' || /^(ECONNRESET|EPIPE)$/.test(codeOf(error))

const longestAnswer = 300

/** An answer that is neither a success nor a redirect. */
export const toStatusError = (
  { status, headers, text, atHome = true }: { status: number; headers: HttpHeaders; text: string; atHome?: boolean },
  context: RequestContext,
): SyncError => {
  const { what, url, secrets } = context
  const { host } = url
  const said = shorten(redact(toSingleLine(messageIn(text).replaceAll(/\s+/g, ' ').trim()), secrets), longestAnswer)
  const answer = `${status} ${STATUS_CODES[status] ?? ''}`.trim()
  const facts = `${answer} for ${printRequest(context)}${said === '' ? '' : `: ${said}`}`
  const wait = retryAfterOf(headers)
  const failed = (failure: FailureCode, message: string) =>
    new SyncError(failure, `${message}${/[.!?…]$/.test(message) ? '' : '.'}`, wait === null ? {} : { retryAfterMs: wait })
  if (status === 401 && !atHome)
    return failed('INVALID_CREDENTIALS', `The address leads to ${url.origin}, which gets no credentials since it is another one: ${facts}`)
  if (status === 401) return failed('INVALID_CREDENTIALS', `${what} at ${host} refused the credentials: ${facts}`)
  if (status === 403) return failed('PERMISSION_DENIED', `${what} at ${host} does not allow this: ${facts}`)
  if (status === 429) return failed('RATE_LIMITED', `${what} at ${host} limits the requests: ${facts}`)
  if (status === 408 || status >= 500) return failed('SOURCE_UNAVAILABLE', `${what} at ${host} cannot serve now: ${facts}`)
  if (status === 404 || status === 410) return failed('INVALID_QUERY', `${what} at ${host} has nothing there: ${facts}`)
  if (status >= 400) return failed('INVALID_QUERY', `${what} at ${host} refuses the request: ${facts}`)
  return failed('PROTOCOL_ERROR', `${what} at ${host} gave an answer that is none: ${facts}`)
}

/** The sentence in a body: of JSON the member that holds it, of a page its words, else all. */
const messageIn = (text: string): string => {
  if (/^\s*</.test(text)) return text.replaceAll(/<(style|script)[^]*?<\/\1>|<[^>]*>/gi, ' ')
  try {
    return sentenceOf(JSON.parse(text)) ?? text
  } catch {
    return text
  }
}

const messageMembers = ['message', 'error_description', 'detail', 'error', 'errors', 'value', 'title', 'msg', 'description']

const sentenceOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value === '' ? null : value
  if (Array.isArray(value)) return value.length === 0 ? null : sentenceOf(value[0])
  if (typeof value !== 'object' || value === null) return null
  for (const name of messageMembers) {
    const found = sentenceOf((value as Record<string, unknown>)[name])
    if (found !== null) return found
  }
  return null
}
