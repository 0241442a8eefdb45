/** The protocol `graphql-transport-ws` on the engine of HTTP: same context, same limits, same errors. */

import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql'
import { makeServer, type Server, type SubscribePayload } from 'graphql-ws'
import type { Authenticate } from '../auth/authenticate.ts'
import type { PresentError } from '../client-errors.ts'
import type { Caller } from '../context.ts'
import type { GraphQLEngine } from './graphql.ts'
import { presentStream } from './present-results.ts'

export type ProtocolOptions = { graphql: GraphQLEngine; authenticate: Authenticate; presentError: PresentError }

/** What a connection brings along: the headers it was made with, whence it comes, and whom to tell that it has shown a sign-in. */
export type Connection = { headers: Headers; address: string; signedIn: () => void }

/** Of the protocol's first message. */
type Parameters = { authorization?: unknown } & Record<string, unknown>

/** An operation with the functions that the engine made for it. */
type Prepared = ExecutionArgs & Record<'execute' | 'subscribe', (args: ExecutionArgs) => Promise<ExecutionResult>>

export const createGraphQLProtocol = ({ graphql, authenticate, presentError }: ProtocolOptions): Server<Connection> => {
  const prepare = async (
    connection: Connection,
    parameters: Parameters | undefined,
    params: SubscribePayload,
  ): Promise<Prepared | readonly GraphQLError[]> => {
    // Once for each operation: what a socket was opened with may have been revoked since.
    const viewer = await authenticate(withToken(connection.headers, parameters))
    if (viewer !== null) connection.signedIn()
    const caller: Caller = { viewer, address: connection.address }
    const { schema, parse, validate, contextFactory, execute, subscribe } = graphql.getEnveloped(caller)
    const document = parse(params.query)
    const problems: GraphQLError[] = validate(schema, document)
    if (problems.length > 0) return problems
    return {
      schema,
      document,
      operationName: params.operationName,
      variableValues: params.variables,
      contextValue: await contextFactory(),
      execute,
      subscribe,
    }
  }

  return makeServer<Parameters, Connection>({
    onSubscribe: async ({ extra, connectionParams }, _id, payload) => {
      try {
        return await prepare(extra, connectionParams, payload)
      } catch (error) {
        return [presentError(error)]
      }
    },
    execute: (args) => (args as Prepared).execute(args),
    subscribe: (args) => (args as Prepared).subscribe(args),
    onOperation: (_context, _id, _payload, _args, result) =>
      Symbol.asyncIterator in result ? presentStream(result as AsyncIterable<ExecutionResult>, presentError) : undefined,
    onError: (_context, _id, _payload, errors) => errors.map((error) => presentError(error).toJSON()),
  })
}

/** A browser cannot set headers on a WebSocket; a token may come with the protocol's first message instead. */
const withToken = (headers: Headers, parameters: Parameters | undefined): Headers => {
  const authorization = parameters?.authorization
  if (typeof authorization !== 'string' || headers.has('authorization')) return headers
  const result = new Headers(headers)
  result.set('authorization', authorization)
  return result
}
