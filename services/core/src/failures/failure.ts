/** What a run says about its end when it did not complete. */

import { fingerprint } from '../fingerprint.ts'
import { toSingleLine, toStorable } from '../job-run/log-line.ts'
import type { MappingProposal } from '../sync/schema-change.ts'
import { type FailureCode, failureCatalogue } from './catalogue.ts'

/** As it is stored with the run and offered by the API. */
export type Failure = {
  code: FailureCode
  /** What happened, with host, port, table, column or SQLSTATE. One line, no secrets. */
  message: string
  rootCause: string
  resolution: string
  retryable: boolean
  step: string | null
  stream: string | null
  trace: string | null
  /** Where the source's columns have changed: the mapping that follows them, to be applied with one click. */
  proposal?: MappingProposal | null
  /** Of a defect of ours, such as `E-0K3F7QZ`: the same wherever the same place of the code fails; null for all else. */
  reference: string | null
}

/** Where in the run it happened; null where that does not apply. */
export type FailurePlace = { step?: string | null; stream?: string | null }

/**
 * A failure that the catalogue knows, thrown by sources, destinations and the engine. `retryAfterMs` is what a
 * source asked for (Retry-After); it stretches the wait before the next attempt.
 */
export class SyncError extends Error {
  override readonly name = 'SyncError'
  readonly code: FailureCode
  readonly place: FailurePlace
  readonly retryAfterMs: number | undefined
  readonly proposal: MappingProposal | null

  constructor(
    code: FailureCode,
    message: string,
    options: { cause?: unknown; place?: FailurePlace; retryAfterMs?: number; proposal?: MappingProposal } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.place = options.place ?? {}
    this.retryAfterMs = options.retryAfterMs
    this.proposal = options.proposal ?? null
  }
}

/** The run's failure from whatever was thrown; an unknown error is a defect of ours and keeps its trace. */
export const toFailure = (error: unknown, place: FailurePlace = {}): Failure => {
  const known = error instanceof SyncError ? error : undefined
  const code: FailureCode = known?.code ?? 'INTERNAL'
  const { rootCause, resolution, retryable } = failureCatalogue[code]
  const message = toSingleLine(error instanceof Error ? error.message : String(error))
  const reference = code === 'INTERNAL' ? referenceOf(error) : null
  return {
    code,
    message: reference === null ? message : `${message} (reference ${reference})`,
    rootCause,
    resolution,
    retryable,
    step: known?.place.step ?? place.step ?? null,
    stream: known?.place.stream ?? place.stream ?? null,
    trace: traceOf(error),
    ...(known?.proposal && { proposal: known.proposal }),
    reference,
  }
}

const referenceOf = (error: unknown): string => {
  const places = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line)) : []
  return `E-${fingerprint(places.length === 0 ? String(error) : places.join('\n'))
    .toString(36)
    .toUpperCase()
    .padStart(7, '0')}`
}

const traceOf = (error: unknown): string | null => {
  if (!(error instanceof Error)) return null
  const cause = error.cause instanceof Error ? `\nCaused by: ${stackOf(error.cause)}` : ''
  return toStorable(`${stackOf(error)}${cause}`)
}

const longestStack = 16_000

/** A stack begins with its error's message, which may be of any length; what is told of a message is told as `message`. */
const stackOf = ({ stack, message }: Error): string => {
  const whole = stack ?? message
  const told = message.length <= longestStack ? whole : whole.replace(message, () => toSingleLine(message))
  return told.slice(0, 2 * longestStack)
}
