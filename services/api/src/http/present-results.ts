/** Puts every error of a result, and of a stream of results, into the words that clients get. */

import type { ExecutionResult, GraphQLError } from 'graphql'
import type { PresentError } from '../client-errors.ts'

type Result = { data?: unknown; errors?: readonly GraphQLError[] | undefined }

export const presentResult = <R extends Result>(result: R, presentError: PresentError): R =>
  result.errors ? { ...result, errors: result.errors.map((error) => presentError(error)) } : result

/** As `presentResult`, for a stream; an error that ends it becomes its last event. */
export const presentStream = (
  results: AsyncIterable<ExecutionResult>,
  presentError: PresentError,
): AsyncIterableIterator<ExecutionResult, void, void> => {
  const iterator = results[Symbol.asyncIterator]()
  const end = { done: true, value: undefined } as const
  let failed = false
  return {
    next: async () => {
      if (failed) return end
      try {
        const { done, value } = await iterator.next()
        return done ? end : { done: false, value: presentResult(value, presentError) }
      } catch (error) {
        failed = true
        return { done: false, value: { errors: [presentError(error)] } }
      }
    },
    return: async () => {
      await iterator.return?.()
      return end
    },
    throw: async (error) => {
      await iterator.return?.()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
