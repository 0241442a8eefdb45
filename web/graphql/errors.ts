/** What the API says when it refuses, in the shape the console's forms and messages need. */

import type { CombinedError } from '@urql/core'
import * as t from '@/texts/errors.ts'

type Refusal = { message: string; extensions?: Record<string, unknown> | null | undefined }

const errorCode = (refusal: Refusal | undefined): string | undefined => {
  const code = refusal?.extensions?.['code']
  return typeof code === 'string' ? code : undefined
}

export const hasCode = (error: CombinedError, code: string): boolean => error.graphQLErrors.some((refusal) => errorCode(refusal) === code)

/** One sentence for a person. */
export const messageOf = (error: CombinedError): string => {
  if (error.networkError) return t.noAnswer
  return error.graphQLErrors.map(({ message }) => message).join(' ') || t.noReason
}

/** The messages for single fields of a form: `{"settings.host": "…"}`. */
export const fieldErrors = (error: CombinedError): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const refusal of error.graphQLErrors) {
    const fields = refusal.extensions?.['fields']
    if (typeof fields !== 'object' || fields === null) continue
    for (const [path, message] of Object.entries(fields)) found[path.replace(/^input\./, '')] = String(message)
  }
  return found
}

/** Number of the run that is in the way of another one. */
export const conflictingRun = (error: CombinedError): number | undefined => {
  const number = error.graphQLErrors.find((refusal) => errorCode(refusal) === 'CONFLICT')?.extensions['number']
  return typeof number === 'number' ? number : undefined
}

export type Explained = { message: string; rootCause: string; resolution: string }

const isExplained = (value: unknown): value is Explained =>
  typeof value === 'object' &&
  value !== null &&
  ['message', 'rootCause', 'resolution'].every((name) => typeof (value as Record<string, unknown>)[name] === 'string')

/** Why a source could not be asked, with cause and remedy where the API gives them. */
export const explain = (error: CombinedError): Explained =>
  error.graphQLErrors.map(({ extensions }) => extensions['failure']).find(isExplained) ?? {
    message: messageOf(error),
    rootCause: '',
    resolution: '',
  }
