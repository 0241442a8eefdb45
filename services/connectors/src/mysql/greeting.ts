/** The first words on a connection: of a MySQL server, or of another service on that port. */

import type { Socket } from 'node:net'
import { SyncError } from '@aiia/core/failures/failure'
import type { Peer } from '../network/addresses.ts'
import { beginning } from '../network/greeting.ts'

/** Behind its length: the first packet, of protocol 10 or an error such as "Too many connections". */
const isServers = (greeting: Buffer): boolean => greeting.length < 5 || (greeting[3] === 0 && (greeting[4] === 10 || greeting[4] === 255))

/**
 * Rejects when somebody else answers: the driver would take the words for the head of a long packet, and wait for the rest
 * until the time is over.
 */
export const untilStranger = (socket: Socket, { host, port }: Peer): Promise<never> =>
  new Promise((_, reject) => {
    socket.once('data', (greeting: Buffer) => {
      if (isServers(greeting)) return
      const message = `${host}:${port} does not answer as a MySQL server: it ${beginning(greeting)}.`
      reject(new SyncError('PROTOCOL_ERROR', message, { place: { step: 'CONNECT' } }))
    })
  })
