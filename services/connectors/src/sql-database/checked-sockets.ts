/** Sockets for drivers that take them instead of connecting by themselves: each leads to an address that was checked. */

import { connect, type Socket } from 'node:net'
import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import { withTimeout } from '@aiia/kit/with-timeout'
import { connectToAny, type Peer } from '../network/addresses.ts'

export type CheckedSockets = {
  /** To where the settings say, or to where the server sends the driver on. */
  open(peer: Peer): Promise<Socket>
  /** Hears what the server says first; another service is left at once, and told in its own words. */
  hear(socket: Socket, peer: Peer): void
  /**
   * Does the work of a sign-in. It is over when a socket fails or the deadline passes, whatever the driver makes of that:
   * drivers hide such errors behind their own, or wait on.
   *
   * @throws what has failed first
   */
  signIn<T>(work: () => Promise<T>): Promise<T>
  destroy(): void
}

export type Expected = {
  /** Such as `a SQL Server`. */
  product: string
  /** Whether the first bytes may be the product's. */
  isGreeting(first: Buffer): boolean
  /** TLS, where the driver leaves that to the socket. */
  secure?(socket: Socket, peer: Peer): Promise<Socket>
}

/** @param deadline for the sign-in; it ends nothing that comes after */
export const checkedSockets = (access: SourceAccess, deadline: AbortSignal, { product, isGreeting, secure }: Expected): CheckedSockets => {
  const sockets = new Set<Socket>()
  let reject = (_error: unknown): void => {}
  const failed = new Promise<never>((_, rejected) => {
    reject = rejected
  })
  // It may fail when nobody waits for a sign-in.
  failed.catch(() => {})
  const destroy = (reason?: Error): void => {
    for (const socket of sockets) socket.destroy(reason)
  }
  const fail = (error: unknown): void => {
    reject(error)
    // Drivers clear up when they hear of an error.
    destroy(error instanceof Error ? error : undefined)
  }
  return {
    destroy: () => destroy(),
    open: async (peer) => {
      try {
        const opening = (address: string, patienceMs: number) => openSocket({ host: address, port: peer.port }, patienceMs, deadline)
        const socket = await connectToAny(peer, { access, deadline }, opening)
        sockets.add(socket.once('close', () => sockets.delete(socket)))
        return secure === undefined ? socket : await secure(socket, peer)
      } catch (error) {
        fail(error)
        throw error
      }
    },
    hear: (socket, { host, port }) =>
      void socket.once('data', (first: Buffer) => {
        if (isGreeting(first)) return
        const shown = first.toString('latin1', 0, 24).replaceAll(/[^ -~]/g, '·')
        const words = `${host}:${port} does not answer as ${product}: it begins with "${shown}".`
        fail(new SyncError('PROTOCOL_ERROR', words, { place: { step: 'CONNECT' } }))
      }),
    signIn: async (work) => {
      deadline.throwIfAborted()
      const abort = (): void => fail(deadline.reason)
      deadline.addEventListener('abort', abort, { once: true })
      try {
        const signing = work()
        signing.catch(() => {})
        return await Promise.race([signing, failed])
      } catch (error) {
        // The driver may have been told of a failure before we were.
        fail(error)
        return await failed
      } finally {
        deadline.removeEventListener('abort', abort)
      }
    },
  }
}

const openSocket = (peer: Peer, patienceMs: number, deadline: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const patience = withTimeout(deadline, patienceMs)
    const socket = connect({ ...peer, keepAlive: true, keepAliveInitialDelay: 10_000, noDelay: true })
    const abort = (): void => void socket.destroy(patience.reason as Error)
    patience.addEventListener('abort', abort, { once: true })
    // It stays: a socket without a listener ends the thread when it breaks.
    socket.on('error', reject)
    socket.once('connect', () => {
      patience.removeEventListener('abort', abort)
      resolve(socket)
    })
  })
