/** An SSH connection that ends once, for one reason, and then leaves nobody waiting. */

import type { Socket } from 'node:net'
import type { Client } from 'ssh2'

export type Done<T> = (error: Error | null | undefined, answer: T) => void

export type Connection = {
  /** Aborted when the connection is gone; its reason is the first that was given for that. */
  ended: AbortSignal
  /** One request and its answer. A connection that is gone answers none by itself. */
  ask<T>(request: (done: Done<T>) => void): Promise<T>
  /** At once, and with what is under way. */
  end(reason: unknown): void
  /** Takes leave of the server. */
  close(): void
}

export const watchConnection = (client: Client, socket: Socket): Connection => {
  const ending = new AbortController()
  const ended = ending.signal
  const end = (reason: unknown): void => {
    ending.abort(reason)
    socket.destroy()
  }
  client.on('error', end)
  client.on('close', () => end(new Error('Connection lost')))
  return {
    ended,
    ask: (request) =>
      new Promise((resolve, reject) => {
        ended.throwIfAborted()
        const lost = (): void => reject(ended.reason)
        ended.addEventListener('abort', lost, { once: true })
        request((error, answer) => {
          ended.removeEventListener('abort', lost)
          if (error) reject(ended.aborted ? ended.reason : error)
          else resolve(answer)
        })
      }),
    end,
    close: () => {
      ending.abort(new Error('Connection closed'))
      client.end()
      socket.destroySoon()
    },
  }
}
