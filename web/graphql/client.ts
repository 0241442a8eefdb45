/** The tab's GraphQL client: normalised cache, answers from the server's rendering, HTTP, and the socket. */

import { Client, type Exchange, fetchExchange, mapExchange, ssrExchange, subscriptionExchange } from '@urql/core'
import { normalisedCache } from './cache.ts'
import { hasCode } from './errors.ts'
import { newestRevision } from './newest-revision.ts'
import { createSocket, type Socket } from './socket.ts'

export type Graph = {
  client: Client
  /** Asks without keeping the answer: for what is read once and may be large. */
  uncached: Client
  /** Answers that came with a page, for the first reader of each. */
  rendered: ReturnType<typeof ssrExchange>
  /** null while a page is rendered on the server. */
  socket: Socket | null
}

const subscriptions = ({ client }: Socket): Exchange =>
  subscriptionExchange({
    forwardSubscription: ({ query, variables }) => ({
      subscribe: (sink) => ({
        unsubscribe: client.subscribe({ query: query ?? '', variables: variables as Record<string, unknown> }, sink as never),
      }),
    }),
  })

/** While a page is rendered nothing changes: it reads the answers that it came with, and no cache has to take them apart. */
const createRenderingGraph = (): Graph => {
  const rendered = ssrExchange({ isClient: false })
  const client = new Client({ url: '/graphql', preferGetMethod: false, exchanges: [rendered] })
  return { client, uncached: client, rendered, socket: null }
}

const createTabGraph = (onUnauthenticated: () => void): Graph => {
  const rendered = ssrExchange({ isClient: true })
  const socket = createSocket(onUnauthenticated)
  const session = mapExchange({
    onError: (error) => {
      if (hasCode(error, 'UNAUTHENTICATED')) onUnauthenticated()
    },
  })
  const exchanges = [session, normalisedCache(), newestRevision(), rendered, fetchExchange, subscriptions(socket)]
  const options = { url: '/graphql', preferGetMethod: false }
  return {
    client: new Client({ ...options, exchanges }),
    uncached: new Client({ ...options, exchanges: [session, fetchExchange] }),
    rendered,
    socket,
  }
}

/** @param onUnauthenticated called in the browser when the session has ended */
export const createGraph = (onUnauthenticated: () => void): Graph =>
  typeof window === 'undefined' ? createRenderingGraph() : createTabGraph(onUnauthenticated)
