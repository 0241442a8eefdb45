/** COPY … TO STDOUT (FORMAT binary), as the pieces that the socket brings. */

import type { Socket } from 'node:net'
import type pg from 'pg'
import { serialize } from 'pg-protocol'
import { createMessageWalker } from './message-walker.ts'
import { ConnectionLostError, parseErrorResponse, type ServerError } from './server-error.ts'
import { takeSocket } from './taken-socket.ts'

/** A piece of a binary COPY: CopyData messages cut anywhere, the rows that end in it, and their bytes without framing. */
export type CopyPiece = { data: Buffer; rows: number; bytes: number }

/** Pieces that wait to be taken before the socket is paused. */
const mostWaiting = 4

/**
 * Runs one COPY through the extended protocol, which takes a single statement, so nothing can hide behind it. Leaving
 * the iteration early destroys the connection: a COPY that is under way cannot be taken back.
 *
 * @param sql `COPY (…) TO STDOUT (FORMAT binary)`
 * @throws ServerError when the server refuses or breaks off, ConnectionLostError when the connection ends
 */
export async function* copyOut(client: pg.Client, sql: string): AsyncGenerator<CopyPiece, void, void> {
  const waiting: CopyPiece[] = []
  let [counted, ready, gone] = [0, false, false]
  let failure: ServerError | ConnectionLostError | undefined
  let completed: number | undefined
  let wake = (): void => {}
  const walk = createMessageWalker({
    copyData: (data, rows, bytes) => {
      counted += rows
      waiting.push({ data, rows, bytes })
    },
    message: (type, payload) => {
      if (type === 'E') failure ??= parseErrorResponse(payload)
      else if (type === 'C') completed = rowsOf(payload)
      else if (type === 'Z') ready = true
    },
  })
  const taken = takeSocket(client, (buffer) => {
    walk(buffer)
    if (waiting.length >= mostWaiting) taken.socket.pause()
    wake()
  })
  const lost = (): void => {
    gone = true
    failure ??= new ConnectionLostError('The connection ended in the middle of a COPY.')
    wake()
  }
  taken.socket.once('close', lost)
  try {
    taken.socket.write(request(sql))
    for (;;) {
      const piece = waiting.shift()
      if (piece !== undefined) {
        if (waiting.length < mostWaiting) taken.socket.resume()
        yield piece
      } else if (ready || gone) {
        break
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
    if (failure !== undefined) throw failure
    if (completed !== counted) throw new Error(`The server says it sent ${completed} rows, and ${counted} were counted.`)
  } finally {
    taken.socket.off('close', lost)
    release(taken.socket, ready, taken.giveBack)
  }
}

const release = (socket: Socket, ready: boolean, giveBack: () => void): void => {
  giveBack()
  if (!ready) socket.destroy()
}

const request = (sql: string): Buffer =>
  Buffer.concat([serialize.parse({ text: sql, name: '', types: [] }), serialize.bind({}), serialize.execute({}), serialize.sync()])

/** Of a CommandComplete such as `COPY 312000`. */
export const rowsOf = (payload: Buffer): number | undefined => {
  const digits = /^COPY (\d+)/.exec(payload.toString('latin1'))?.[1]
  return digits === undefined ? undefined : Number(digits)
}
