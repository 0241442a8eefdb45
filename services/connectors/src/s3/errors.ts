/** What S3 and the network say, in the terms of the catalogue. */

import type { FailureCode } from '@aiia/core/failures/catalogue'
import { type FailurePlace, SyncError } from '@aiia/core/failures/failure'
import { codeOf, messageOf, toNetworkError } from '../network/errors.ts'
import { retryAfterOf } from '../network/retry-after.ts'
import { peerOf, type S3Settings } from './config.ts'

export type RequestContext = {
  settings: S3Settings
  /** How long the server was waited for. */
  patienceMs: number
  /** What was asked for, such as `the object s3://finance/in/a.csv`. */
  what: string
  place?: FailurePlace
}

/** As S3 answers, with the parts of the SDK's errors that tell why. */
type Answer = { name: string; status: number; text: string; retryAfterMs: number | null }

const badKey =
  /^(InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|TokenRefreshRequired|InvalidSecurity|NotSignedUp|RequestTimeTooSkewed)$/
const tooMuch = /^(SlowDown|TooManyRequests.*|Throttling.*|RequestLimitExceeded|RequestThrottled.*|BandwidthLimitExceeded)$/
const elsewhere = /^(PermanentRedirect|TemporaryRedirect|Redirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/

export const toS3Error = (error: unknown, context: RequestContext): SyncError => {
  if (error instanceof SyncError) return error
  const { settings, patienceMs, what, place = {} } = context
  const { host, port } = peerOf(settings)
  const cause = interruptionOf(error)
  const failed = (code: FailureCode, message: string, retryAfterMs: number | null = null) =>
    new SyncError(code, message, { cause: error, place, ...(retryAfterMs !== null && { retryAfterMs }) })
  const answer = answerOf(cause)
  if (answer !== null) return toAnswerError(answer, context, failed)
  // The SDK calls a broken connection a timeout.
  if (/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/.test(codeOf(cause)))
    return failed('CONNECTION_LOST', `${host}:${port} ended the connection while ${what} was asked for: ${messageOf(cause)}.`)
  const network = toNetworkError(cause, { host, port }, patienceMs)
  if (network !== null) return network
  return failed('PROTOCOL_ERROR', `${host}:${port} does not answer as S3 does: ${messageOf(cause)}.`)
}

/** The object was replaced, cut or removed after it was listed; a new attempt lists anew. */
export const changed = (what: string, cause?: unknown): SyncError =>
  new SyncError('SOURCE_UNAVAILABLE', `${what} was changed while it was read. Another attempt reads it as it is then.`, { cause })

type Fail = (code: FailureCode, message: string, retryAfterMs?: number | null) => SyncError

const toAnswerError = ({ name, status, text, retryAfterMs }: Answer, { settings, what }: RequestContext, failed: Fail): SyncError => {
  const { host, port } = peerOf(settings)
  if (status >= 200 && status < 300) return failed('PROTOCOL_ERROR', `${host}:${port} does not answer as S3 does: ${text}.`)
  const said = `${text === '' ? name : text} (${name}, HTTP ${status})`
  if (badKey.test(name) || status === 401) return failed('INVALID_CREDENTIALS', `${host}:${port} refused the access key: ${said}.`)
  if (name === 'NoSuchBucket')
    return failed('PERMISSION_DENIED', `There is no bucket "${settings.bucket}" at ${host}:${port}. Correct the bucket in the settings.`)
  if (elsewhere.test(name) || (status >= 300 && status < 400))
    return failed(
      'PERMISSION_DENIED',
      `The bucket "${settings.bucket}" is not in region ${settings.region} of ${host}:${port}: ${said}. Correct the region or the endpoint.`,
    )
  if (name === 'InvalidObjectState')
    return failed('INVALID_FILE', `${what} is archived and cannot be read: ${said}. Restore it, or leave it out of the path.`)
  if (tooMuch.test(name) || status === 429) return failed('RATE_LIMITED', `${host}:${port} asks for fewer requests: ${said}.`, retryAfterMs)
  if (name === 'PreconditionFailed' || name === 'NoSuchKey' || name === 'InvalidRange' || status === 412 || status === 416)
    return changed(what)
  if (status === 403) return failed('PERMISSION_DENIED', `This access key may not read ${what}: ${said}.`)
  if (status >= 500) return failed('SOURCE_UNAVAILABLE', `${host}:${port} cannot serve now: ${said}.`, retryAfterMs)
  return failed('PROTOCOL_ERROR', `${host}:${port} refused the request for ${what}: ${said}.`)
}

/** A deadline that passed reaches us as an abort. */
const interruptionOf = (error: unknown): unknown =>
  error instanceof Error && error.name === 'AbortError' && error.cause !== undefined ? error.cause : error

const answerOf = (error: unknown): Answer | null => {
  if (!(error instanceof Error) || !('$metadata' in error)) return null
  const { httpStatusCode: status } = error.$metadata as { httpStatusCode?: number }
  if (status === undefined) return null
  const headers = '$response' in error ? (error.$response as { headers?: Record<string, string> } | undefined)?.headers : undefined
  return { name: error.name, status, text: error.message.replace(/\.$/, ''), retryAfterMs: retryAfterOf(headers ?? {}) }
}
