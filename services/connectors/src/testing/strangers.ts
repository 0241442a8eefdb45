/** Hosts that are not what a connector expects, for the tests of the kinds. */

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { ConnectorDriver, SourceAccess } from '@aiia/core/sync/source'
import { failed } from './values.ts'

export type Stranger = { port: number; stop(): void }

/** Accepts connections, and does with them what the test says. */
export const listen = async (accept: (socket: Socket) => void): Promise<Stranger> => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    accept(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, stop: () => void server.close() }
}

/** Says the words to whatever it hears first. */
export const saying = (words: string | Buffer): Promise<Stranger> => listen((socket) => void socket.once('data', () => socket.write(words)))

/** How a Connection Test fails. */
export const failureOf = (driver: ConnectorDriver, access: SourceAccess): Promise<{ code: string | undefined; message: string }> =>
  failed(driver.test(access))
