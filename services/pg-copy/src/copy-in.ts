/** COPY … FROM STDIN (FORMAT binary), fed with the pieces that a source brings. */

import { once } from 'node:events'
import type pg from 'pg'
import { serialize } from 'pg-protocol'
import { rowsOf } from './copy-out.ts'
import { createMessageWalker } from './message-walker.ts'
import { ConnectionLostError, parseErrorResponse, type ServerError } from './server-error.ts'
import { takeSocket } from './taken-socket.ts'

export type CopyIn = {
  /** Sends CopyData messages, cut anywhere; waits while the server is slower than the source. Throws what the server refused. */
  write(data: Buffer): Promise<void> | undefined
  /** @returns the rows that the server took */
  finish(): Promise<number>
  /**
   * Breaks off, and ends the connection: what was sent may stop in the middle of a message, whose rest the server would
   * take from whatever came next. It rolls back when it finds the connection gone.
   */
  abort(): Promise<void>
}

/**
 * Starts a COPY. Exactly one of `finish` and `abort` must follow, before the client is used for anything else.
 *
 * @param sql `COPY … FROM STDIN (FORMAT binary)`, one statement of our own making
 * @throws ServerError when the server refuses it, ConnectionLostError when the connection ends
 */
export const startCopyIn = async (client: pg.Client, sql: string): Promise<CopyIn> => {
  let [started, ready] = [false, false]
  let failure: ServerError | ConnectionLostError | undefined
  let completed: number | undefined
  let wake = (): void => {}
  const walk = createMessageWalker({
    copyData: () => {},
    message: (type, payload) => {
      if (type === 'E') failure ??= parseErrorResponse(payload)
      else if (type === 'G') started = true
      else if (type === 'C') completed = rowsOf(payload)
      else if (type === 'Z') ready = true
      wake()
    },
  })
  const taken = takeSocket(client, walk)
  const { socket } = taken
  const lost = (): void => {
    failure ??= new ConnectionLostError('The connection ended in the middle of a COPY.')
    ready = true
    wake()
  }
  socket.once('close', lost)
  const until = async (happened: () => boolean): Promise<void> => {
    while (!happened()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  const end = async (): Promise<void> => {
    await until(() => ready)
    socket.off('close', lost)
    taken.giveBack()
  }
  const drained = async (): Promise<void> => {
    // A server that has given up reads on, so the drain comes either way; a lost connection never drains.
    await Promise.race([once(socket, 'drain'), until(() => failure !== undefined)])
    if (failure !== undefined) throw failure
  }

  socket.write(serialize.query(sql))
  await until(() => started || ready)
  if (!started) {
    await end()
    throw failure ?? new Error('The server did not start the COPY.')
  }
  return {
    write: (data) => {
      if (failure !== undefined) throw failure
      return socket.write(data) ? undefined : drained()
    },
    finish: async () => {
      if (!ready) socket.write(serialize.copyDone())
      await end()
      if (failure !== undefined) throw failure
      if (completed === undefined) throw new Error('The server did not say how many rows it took.')
      return completed
    },
    abort: async () => {
      taken.giveBack()
      if (socket.closed) return
      socket.destroy()
      await once(socket, 'close')
    },
  }
}
