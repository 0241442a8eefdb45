/** Subscriptions over the WebSocket protocol `graphql-transport-ws`, as the API's administrator. */

import { ApiError } from '@aiia/stack/platform/graphql'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

/** Ends when the server completes the subscription; `return` (leaving the loop) unsubscribes. */
export type Subscribe = <T>(query: string, variables?: Record<string, unknown>) => AsyncIterableIterator<T>

/** @param reconnect off: a lost connection rejects, for who decides itself where to go on */
export const createSubscriber = (
  url: string,
  token: string,
  { reconnect = true } = {},
): { subscribe: Subscribe; close: () => Promise<void> } => {
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, { headers: { authorization: `Bearer ${token}` } })
      }
    },
    // A test may restart the API.
    shouldRetry: () => reconnect,
    retryAttempts: reconnect ? 20 : 0,
  })
  async function* subscribe<T>(query: string, variables: Record<string, unknown> = {}): AsyncIterableIterator<T> {
    for await (const { data, errors } of client.iterate<T>({ query, variables })) {
      if (errors) throw new ApiError(errors)
      if (data != null) yield data
    }
  }
  return { subscribe, close: async () => client.dispose() }
}
