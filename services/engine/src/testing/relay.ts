/** A way to a server that a test can cut. */

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type Relay = {
  port: number
  /** Ends all connections at once, at both ends, as a network that fails does. */
  cut(): void
  stop(): Promise<void>
}

/** @param cutAfterBytes cuts by itself when the server has sent so many, wherever in a message that is */
export const startRelay = async (to: number, { cutAfterBytes = Number.POSITIVE_INFINITY } = {}): Promise<Relay> => {
  const sockets = new Set<Socket>()
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  let left = cutAfterBytes
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: to })
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => {})
      from.on('close', () => into.destroy())
      from.pipe(into)
    }
    far.on('data', (data) => {
      left -= data.length
      if (left <= 0) cut()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    stop: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
