/** A connection of tedious that fails where the driver's own would go on, or take the process with it. As of tedious 19.2. */

import type { Socket } from 'node:net'
import type { Connection, ConnectionConfiguration } from 'tedious'
import type { Peer } from '../network/addresses.ts'

/** The driver; loading it takes half a second and is left to the runs that need it. */
export type Tedious = typeof import('tedious')

export const loadTedious = async (): Promise<Tedious> => {
  const { default: tedious } = await import('tedious')
  return tedious
}

/** The server would have the password go over the wire as it is. */
export class NotEncryptedError extends Error {}

/** @param open the socket to where the driver wants to go: the server, or where that one sends it on */
export const careful = (
  tedious: Tedious,
  config: ConnectionConfiguration & { server: string },
  open: (to: Peer) => Promise<Socket>,
): Connection => {
  const { options = {} } = config
  // What the driver's types leave out: it tells where to.
  const connector = (to?: Peer): Promise<Socket> => open(to ?? { host: config.server, port: options.port ?? 0 })
  const connection = new tedious.Connection({ ...config, options: { ...options, connector } })
  const { createTokenStreamParser, performTlsNegotiation, cleanupConnection } = connection
  connection.createTokenStreamParser = (message, handler) => {
    const parser = createTokenStreamParser.call(connection, message, handler)
    // Nobody else listens, and an error that nobody hears ends the process.
    parser.parser.on('error', (error) => connection.socket?.destroy(error))
    return parser
  }
  connection.performTlsNegotiation = async (answer, signal) => {
    await performTlsNegotiation.call(connection, answer, signal)
    // A server that knows no encryption, or somebody who says so in its name.
    if (options.encrypt === true && !connection.messageIo.tlsNegotiationComplete) throw new NotEncryptedError('It does not encrypt.')
  }
  const unheard = new tedious.Request('', () => {})
  connection.cleanupConnection = () => {
    cleanupConnection.call(connection)
    // An answer that still was on its way when the connection ended is given to the request, as if there must be one.
    connection.request ??= unheard
  }
  // A lost connection rejects the request under way; without a listener it would also end the thread.
  connection.on('error', () => {})
  return connection
}
