/** The one public address: GraphQL over HTTP, SSE and WebSocket, sign-in, downloads, health, and the console behind everything else. */

import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerHealth, type HealthChecks } from '@aiia/kit/health'
import type { Logger } from '@aiia/kit/logger'
import { SettingsError } from '@aiia/kit/settings'
import type { Metrics } from '../metrics.ts'
import { clientAddress } from './client-address.ts'
import type { ConsoleProxy } from './console.ts'
import type { Download } from './download.ts'
import type { GraphQLEngine } from './graphql.ts'
import type { GraphQLSocket } from './graphql-socket.ts'
import type { PeopleRoutes } from './people-routes.ts'

export type FrontDoor = { port: number; close(): Promise<void> }

export type FrontDoorOptions = {
  host: string
  port: number
  graphql: GraphQLEngine
  graphqlSocket: GraphQLSocket
  people: PeopleRoutes
  rejectedRows: Download
  runLogs: Download
  health: HealthChecks
  metrics: Metrics
  console: ConsoleProxy
  /** Whether people come over https, through a proxy that ends TLS. */
  https: boolean
  /** Whether that proxy tells the client's address. */
  trustProxy: boolean
  log: Logger
}

/** How long requests under way have at a stop. */
const graceMs = 2_000

export const openFrontDoor = async (options: FrontDoorOptions): Promise<FrontDoor> => {
  const { host, port, graphqlSocket, metrics, https, log } = options
  const server = createServer((request, response) => {
    const route = routeOf(request)
    const end = metrics.httpSeconds.startTimer({ route, method: request.method ?? '' })
    response.once('close', () => end({ status: response.statusCode }))
    setSecurityHeaders(response, route, https)
    answer(options, route, request, response).catch((err: unknown) => {
      log.error({ err, route }, 'request failed')
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'content-type': 'text/plain' }).end('The platform could not do this. Its log says why.\n')
    })
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', (err) => log.debug({ err }, 'connection failed'))
    if (routeOf(request) === 'graphql') graphqlSocket.upgrade(request, socket, head)
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  server.listen(port, host)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new SettingsError([`PORT: ${port} is taken by another program; stop that one or set another port`])
    throw error
  })
  return { port: (server.address() as AddressInfo).port, close: () => close(server, graphqlSocket) }
}

type Route = 'graphql' | 'people' | 'rejected-rows' | 'run-logs' | 'health' | 'console'

const routeOf = ({ url }: IncomingMessage): Route => {
  const path = url?.split('?')[0] ?? ''
  if (path === '/graphql') return 'graphql'
  if (path.startsWith('/api/auth/')) return 'people'
  if (path.startsWith('/rejected-rows/')) return 'rejected-rows'
  if (path.startsWith('/run-logs/')) return 'run-logs'
  return ['/healthz', '/readyz', '/metrics'].includes(path) ? 'health' : 'console'
}

const answer = async (options: FrontDoorOptions, route: Route, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  switch (route) {
    case 'graphql':
      // Whoever asks is found out by the engine, which can refuse in GraphQL's own words.
      await options.graphql.handle(request, response, { viewer: null, address: clientAddress(request, options.trustProxy) })
      return
    case 'people':
      return options.people(request, response)
    case 'rejected-rows':
      return options.rejectedRows(request, response)
    case 'run-logs':
      return options.runLogs(request, response)
    case 'health':
      await answerHealth(options.health, request, response)
      return
    case 'console':
      return options.console(request, response)
  }
}

/** Defaults that the console's own headers replace where it sets them. */
const setSecurityHeaders = (response: ServerResponse, route: Route, https: boolean): void => {
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('referrer-policy', 'same-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  if (route !== 'console') response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  if (https) response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains')
}

const close = async (server: Server, graphqlSocket: GraphQLSocket): Promise<void> => {
  const closed = once(server, 'close')
  server.close()
  await graphqlSocket.close()
  server.closeIdleConnections()
  // Event streams never end by themselves.
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(deadline)
}
