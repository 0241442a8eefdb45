/** The socket of a signed-in pg client, taken from its driver for the length of one COPY. */

import type { Socket } from 'node:net'
import type pg from 'pg'
import { ConnectionLostError } from './server-error.ts'

/** What @types/pg leaves out; as of pg 8.23. */
type ClientInternals = {
  connection: { stream: Socket }
  processID: number
  secretKey: number
  readyForQuery: boolean
  activeQuery: unknown
}

const internals = (client: pg.Client): ClientInternals => client as unknown as ClientInternals

export type TakenSocket = {
  socket: Socket
  /** Gives the socket back to the driver; only when the server is ready for a query. */
  giveBack(): void
}

/**
 * The driver parses what the socket reads in listeners of its 'data' event; while they are away, the bytes are ours.
 *
 * @throws ConnectionLostError when the connection has ended, Error when the client has a query under way
 */
export const takeSocket = (client: pg.Client, onData: (buffer: Buffer) => void): TakenSocket => {
  const { connection, readyForQuery } = internals(client)
  // An ended socket tells nobody: it has closed already, and drops what is written.
  if (connection.stream.destroyed) throw new ConnectionLostError('The connection had ended before the COPY began.')
  if (!readyForQuery) throw new Error('A COPY needs a client without a query under way.')
  const socket = connection.stream
  const drivers = socket.listeners('data') as ((buffer: Buffer) => void)[]
  for (const listener of drivers) socket.off('data', listener)
  socket.on('data', onData)
  return {
    socket,
    giveBack: () => {
      socket.off('data', onData)
      for (const listener of drivers) socket.on('data', listener)
      socket.resume()
    },
  }
}

/** @returns what the server has said first, once it has; for a client that is not connected yet */
export const hearGreeting = (client: pg.Client): (() => Buffer | undefined) => {
  let greeting: Buffer | undefined
  internals(client).connection.stream.once('data', (first: Buffer) => {
    greeting = first
  })
  return () => greeting
}

/** Ends the connection at once, in whatever state it is; a sign-in or query under way rejects. */
export const destroyConnection = (client: pg.Client, reason: Error): void => {
  internals(client).connection.stream.destroy(reason)
}

/** Where a CancelRequest for the client's query goes, and what it must say. */
export const cancelTarget = (
  client: pg.Client,
): { host: string | undefined; port: number | undefined; processId: number; secretKey: number } => {
  const { connection, processID, secretKey } = internals(client)
  return { host: connection.stream.remoteAddress, port: connection.stream.remotePort, processId: processID, secretKey }
}
