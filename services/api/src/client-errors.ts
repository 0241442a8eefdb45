/** Turns whatever was thrown into the error that a client gets. No stack, no SQL and no secret leaves here. */

import { randomUUID } from 'node:crypto'
import type { Logger } from '@aiia/kit/logger'
import { PothosError, PothosValidationError } from '@pothos/core'
import { GraphQLError } from 'graphql'
import { type ErrorCode, errorCodes, unavailable } from './errors.ts'
import { SourceSilenceError } from './source-question.ts'
import { fromStoreError } from './store-errors.ts'

export type PresentError = (error: unknown) => GraphQLError

/** HTTP statuses that stand although GraphQL answers 200: the request never became an operation. */
const keptStatuses: readonly unknown[] = [403, 405, 413]

export const createPresentError = ({ log }: { log: Logger }): PresentError => {
  const presented = new WeakSet<GraphQLError>()
  return (thrown) => {
    if (thrown instanceof GraphQLError && presented.has(thrown)) return thrown
    const error = present(thrown, log)
    presented.add(error)
    return error
  }
}

const present = (thrown: unknown, log: Logger): GraphQLError => {
  const place = thrown instanceof GraphQLError ? thrown : undefined
  const cause = causeOf(thrown)
  const known = cause instanceof GraphQLError ? cause : refusal(cause)
  if (known === undefined || isDefect(known)) return internal(cause, place, log)
  return at(place ?? known, withoutValue(known), extensionsOf(known))
}

const refusal = (cause: unknown): GraphQLError | undefined =>
  cause instanceof SourceSilenceError ? unavailable(cause.silence) : fromStoreError(cause)

/** Only our own are for clients: libraries put the original error there, with its stack or the request's body. */
const extensionsOf = (error: GraphQLError): Record<string, unknown> => {
  const { http, ...own } = error.extensions
  const status = http?.status
  return { ...(hasCode(error) ? own : { code: 'BAD_USER_INPUT' }), ...(keptStatuses.includes(status) && { http: { status } }) }
}

/** GraphQL wraps what a resolver throws; what it threw is what matters. */
const causeOf = (thrown: unknown): unknown =>
  thrown instanceof GraphQLError &&
  thrown.originalError &&
  !(thrown.originalError instanceof GraphQLError && !hasCode(thrown.originalError))
    ? causeOf(thrown.originalError)
    : thrown

const hasCode = (error: GraphQLError): boolean => errorCodes.includes(error.extensions['code'] as ErrorCode)

/** Errors of GraphQL itself about the document or its variables are the client's; those of Pothos about our schema are ours. */
const isDefect = (error: GraphQLError): boolean => error instanceof PothosError && !(error instanceof PothosValidationError)

const internal = (cause: unknown, place: GraphQLError | undefined, log: Logger): GraphQLError => {
  const reference = randomUUID()
  log.error({ err: cause, reference, path: place?.path?.join('.') }, 'request failed')
  return at(place, `The platform could not do this. Its log says why, under the reference ${reference}.`, { code: 'INTERNAL', reference })
}

const at = (place: GraphQLError | undefined, message: string, extensions: Record<string, unknown>): GraphQLError =>
  new GraphQLError(message, {
    extensions,
    ...(place?.nodes && { nodes: place.nodes }),
    ...(place?.source && { source: place.source }),
    ...(place?.positions && { positions: place.positions }),
    ...(place?.path && { path: place.path }),
  })

/** GraphQL repeats a refused variable's value in its message; a value may be a secret. What is wrong with it comes last. */
const withoutValue = ({ message, originalError }: GraphQLError): string => {
  const [head] = /^Variable "\$\w+" got invalid value/.exec(message) ?? []
  if (head === undefined) return message
  const problem = originalError?.message ?? 'It is not of the type that is declared.'
  const [place] = / at "[\w.[\]]+"$/.exec(message.slice(0, -`; ${problem}`.length)) ?? ['']
  return `${head}${place}; ${problem}`
}
