/** The errors that clients see: each has a code, and says what was asked wrongly and what would be right. */

import type { Failure } from '@aiia/core/failures/failure'
import { GraphQLError } from 'graphql'
import type { Role, Viewer } from './auth/viewer.ts'

export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL',
] as const
export type ErrorCode = (typeof errorCodes)[number]

const error = (code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...extensions } })

export const unauthenticated = (message = 'Sign in, or send a valid API token as "Authorization: Bearer …".'): GraphQLError =>
  error('UNAUTHENTICATED', message)

export const forbidden = (needed: Role, viewer: Viewer): GraphQLError =>
  error('FORBIDDEN', `This takes the role ${needed}; ${viewer.name} has the role ${viewer.role}.`)

export const forbiddenOrigin = (): GraphQLError =>
  error('FORBIDDEN', 'A session cookie serves the console’s own pages only; automation sends an API token.', { http: { status: 403 } })

export const notFound = (message: string): GraphQLError => error('NOT_FOUND', message)

/** @param fields what would be right, by the path inside the input: `settings.host`, `streams.0.source` */
export const badInput = (fields: Record<string, string>, extensions: Record<string, unknown> = {}): GraphQLError =>
  error('BAD_USER_INPUT', `The input is not valid: ${Object.keys(fields).join(', ')}.`, { fields, ...extensions })

export const conflict = (message: string, extensions: Record<string, unknown> = {}): GraphQLError => error('CONFLICT', message, extensions)

export const rateLimited = (message: string): GraphQLError => error('RATE_LIMITED', message)

/** The source could not be asked with what was given; `failure` says why and what to do. */
export const sourceFailed = (failure: Failure): GraphQLError =>
  error('BAD_USER_INPUT', failure.message, { fields: { settings: failure.message }, failure })

/** Something of the platform that this takes is not there now; `failure` says what to do. */
export const unavailable = (failure: SourceSilence): GraphQLError => error('UNAVAILABLE', failure.message, { failure })

/** Why a question to a source had no answer at all: not a failure of the source, so not in the catalogue. */
export type SourceSilence = Omit<Failure, 'code'> & { code: 'NO_WORKER_ONLINE' | 'NO_ANSWER' }
