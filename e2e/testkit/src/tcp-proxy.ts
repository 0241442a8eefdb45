/** A way to a server that a test can make slow, silent or unreachable, as networks do. */

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'

export type TcpProxy = {
  readonly port: number
  /** Each piece, both ways, comes this much later. */
  delay(ms: number): void
  /** Nothing passes any more, and nobody is told; new connections are accepted, and hear nothing. */
  blackHole(): void
  /** Falls silent when the server has sent so many more bytes, wherever in a message that is. */
  blackHoleAfter(bytes: number): void
  /** Ends all connections at once, at both ends, as a network that fails does. */
  cut(): void
  /** Cuts by itself when the server has sent so many more bytes. */
  cutAfter(bytes: number): void
  /** As `cut`, with RST instead of FIN. */
  reset(): void
  resetAfter(bytes: number): void
  /** Cuts, and takes no new connections: their client is refused. */
  refuse(): Promise<void>
  /** As `refuse`, as soon as the server goes on with an answer that it has begun. */
  refuseAmid(): Promise<void>
  /** New connections lead to another server of this machine. */
  leadTo(port: number): void
  /** Passes everything on again, also what a black hole has kept. */
  heal(): Promise<void>
  /** Resolves when nobody is connected any more, neither with it nor with the server. */
  untilLeft(): Promise<void>
  stop(): Promise<void>
}

/** Of a server of this machine. */
export const startTcpProxy = async (target: number): Promise<TcpProxy> => {
  const sockets = new Set<Socket>()
  let to = target
  let delayMs = 0
  let limit: { bytes: number; reached: () => void } | undefined
  let amid: (() => void) | undefined
  let open = Promise.resolve()
  let letPass = (): void => {}

  const blackHole = (): void => {
    letPass()
    open = new Promise((resolve) => {
      letPass = resolve
    })
  }
  const heal = (): void => {
    delayMs = 0
    limit = undefined
    amid = undefined
    letPass()
  }
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  const reset = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const count = (bytes: number): void => {
    if (limit === undefined) return
    limit.bytes -= bytes
    if (limit.bytes > 0) return
    const { reached } = limit
    limit = undefined
    reached()
  }
  type Exchange = { answering: boolean }
  const note = (exchange: Exchange, bytes: number): void => {
    count(bytes)
    if (exchange.answering) amid?.()
    exchange.answering = true
  }
  const pass = async (from: Socket, into: Socket, exchange: Exchange, answers: boolean): Promise<void> => {
    const passage = async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        if (answers) note(exchange, piece.length)
        else exchange.answering = false
        await open
        if (delayMs > 0) await wait(delayMs)
        yield piece
      }
      await open
    }
    await pipeline(from, passage, into).catch(() => {})
    from.destroy()
    into.destroy()
  }
  const watch = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }
  const accept = async (near: Socket): Promise<void> => {
    watch(near)
    await open
    if (near.destroyed) return
    const far = connect({ host: '127.0.0.1', port: to })
    watch(far)
    const exchange = { answering: false }
    await Promise.all([pass(near, far, exchange, false), pass(far, near, exchange, true)])
  }

  const server = createServer((near) => void accept(near))
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const refuse = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    cut()
    await closed
  }
  const port = await listen(0)
  return {
    port,
    delay: (ms) => {
      delayMs = ms
    },
    blackHole,
    blackHoleAfter: (bytes) => {
      limit = { bytes, reached: blackHole }
    },
    cut,
    cutAfter: (bytes) => {
      limit = { bytes, reached: cut }
    },
    reset,
    resetAfter: (bytes) => {
      limit = { bytes, reached: reset }
    },
    refuse,
    refuseAmid: () =>
      new Promise((resolve, reject) => {
        amid = () => {
          amid = undefined
          refuse().then(resolve, reject)
        }
      }),
    leadTo: (port) => {
      to = port
    },
    heal: async () => {
      heal()
      if (!server.listening) await listen(port)
    },
    untilLeft: async () => {
      while (sockets.size > 0) await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))))
    },
    stop: async () => {
      heal()
      await refuse()
    },
  }
}
