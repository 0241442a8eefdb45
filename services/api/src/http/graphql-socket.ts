/** WebSockets at /graphql: who may open one, that both sides live, and that a slow reader holds its own events back. */

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from '@aiia/kit/logger'
import { handleProtocols } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { isSameOrigin } from '../auth/origin.ts'
import { clientAddress } from './client-address.ts'
import { mostRequestBytes } from './graphql.ts'
import { createGraphQLProtocol, type ProtocolOptions } from './graphql-protocol.ts'
import { toHeaders } from './node-headers.ts'

export type GraphQLSocket = {
  /** Takes over a request to upgrade. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Sends everybody away without ending their subscriptions, so that clients come back and take them up again. */
  close(): Promise<void>
}

const heartbeatMs = 12_000
/** Who has shown no valid sign-in by then shall not hold a connection. */
const anonymousMs = 15_000
/** How long clients have to say goodbye. */
const closeMs = 500

export const createGraphQLSocket = ({
  log,
  trustProxy,
  ...options
}: ProtocolOptions & { log: Logger; trustProxy: boolean }): GraphQLSocket => {
  const protocol = createGraphQLProtocol(options)
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: mostRequestBytes,
    handleProtocols: (protocols) => handleProtocols(protocols),
  })

  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const anonymous = setTimeout(() => socket.close(4401, 'Unauthorized'), anonymousMs)
    const heartbeat = keepAlive(socket)
    const closed = protocol.opened(transportOf(socket, log), {
      headers: toHeaders(request.headers),
      address: clientAddress(request, trustProxy),
      signedIn: () => clearTimeout(anonymous),
    })
    socket.on('error', (err) => log.debug({ err }, 'websocket failed'))
    socket.once('close', (code, reason) => {
      clearTimeout(anonymous)
      clearInterval(heartbeat)
      void closed(code, reason.toString())
    })
  })

  return {
    upgrade: (request, socket, head) => {
      const { authorization, cookie, origin, host } = request.headers
      if (authorization === undefined && cookie !== undefined && !isSameOrigin(origin, host)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
        return
      }
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request))
    },
    close: async () => {
      for (const client of sockets.clients) client.close(1001, 'Going away')
      const deadline = setTimeout(() => {
        for (const client of sockets.clients) client.terminate()
      }, closeMs)
      await new Promise<void>((resolve) => {
        sockets.close(() => resolve())
      })
      clearTimeout(deadline)
    },
  }
}

const transportOf = (socket: WebSocket, log: Logger) => ({
  protocol: socket.protocol,
  // Resolves once the text has left, which it does not while the client stops reading.
  send: (text: string) =>
    new Promise<void>((resolve, reject) => {
      if (socket.readyState !== socket.OPEN) return resolve()
      socket.send(text, (error) => (error ? reject(error) : resolve()))
    }),
  close: (code?: number, reason?: string) => socket.close(code, reason),
  onMessage: (handle: (text: string) => Promise<void>) => {
    socket.on('message', (data: Buffer) => {
      handle(data.toString()).catch((err: unknown) => {
        log.debug({ err }, 'websocket message failed')
        socket.close(4500, 'Internal server error')
      })
    })
  },
})

const keepAlive = (socket: WebSocket): NodeJS.Timeout => {
  let answered = true
  socket.on('pong', () => {
    answered = true
  })
  return setInterval(() => {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
  }, heartbeatMs)
}
