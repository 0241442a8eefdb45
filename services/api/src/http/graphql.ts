/** The GraphQL engine: Yoga over HTTP and SSE; the WebSocket takes the same engine. */

import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention'
import type { ExecutionResult } from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Authenticate } from '../auth/authenticate.ts'
import { isSameOrigin } from '../auth/origin.ts'
import type { PresentError } from '../client-errors.ts'
import { type Caller, type Context, createContext, type Services } from '../context.ts'
import { forbiddenOrigin } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import { schema } from '../schema/schema.ts'
import { checkOperation, hideSchema, limitDocument } from './operation-limits.ts'
import { measureOperations } from './operation-metrics.ts'
import { presentResult } from './present-results.ts'

export type GraphQLEngine = YogaServerInstance<Caller, Context>

/** Larger requests are refused unread, here and on the WebSocket. */
export const mostRequestBytes = 1_000_000

export type GraphQLOptions = { services: Services; authenticate: Authenticate; presentError: PresentError; metrics: Metrics }

export const createGraphQL = ({ services, authenticate, presentError, metrics }: GraphQLOptions): GraphQLEngine =>
  createYoga<Caller, Context>({
    schema,
    context: (caller) => createContext(services, caller),
    maskedErrors: { maskError: presentError },
    maxRequestBodySize: mostRequestBytes,
    logging: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    plugins: [
      protectCookies(),
      identify(authenticate),
      limitDocument(),
      hideSchema(),
      checkOperation(),
      measureOperations(metrics),
      present(presentError),
    ],
  })

/** Only a session cookie is sent without being asked: what another site makes a browser send ends here. */
const protectCookies = (): Plugin => {
  const prevention = useCSRFPrevention()
  return {
    onRequestParse: (payload) => {
      const { headers } = payload.request
      if (headers.has('authorization') || !headers.has('cookie')) return undefined
      if (!isSameOrigin(headers.get('origin'), headers.get('host'))) throw forbiddenOrigin()
      return prevention.onRequestParse?.(payload)
    },
  }
}

const identify = (authenticate: Authenticate): Plugin<object, Caller> => ({
  onRequestParse: async ({ request, serverContext }) => {
    serverContext.viewer = await authenticate(request.headers)
  },
})

/** Errors of parsing and validation pass no other place. */
const present = (presentError: PresentError): Plugin => ({
  onResultProcess: ({ result, setResult }) => {
    if ('errors' in result) setResult(presentResult(result as ExecutionResult, presentError))
  },
})
