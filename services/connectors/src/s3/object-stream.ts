/** The bytes of one object as they arrive: whole or failed, in the terms of the catalogue, and never silent for long. */

import { Readable } from 'node:stream'

export type ObjectStreamOptions = {
  /** Bytes that must come. */
  length: number
  /** Fails when the server sends nothing for so long, while it is asked for more. */
  patienceMs: number
  /** Of what the network says. */
  translate(error: unknown): Error
}

export const objectStream = (body: Readable, { length, patienceMs, translate }: ObjectStreamOptions): Readable => {
  let received = 0
  const silence = setTimeout(() => {
    if (body.isPaused()) silence.refresh()
    else stream.destroy(translate(connectionError(`nothing more came for ${seconds(patienceMs)}`)))
  }, patienceMs)
  const stream = new Readable({
    highWaterMark: 1 << 18,
    read: () => {
      if (!body.isPaused()) return
      silence.refresh()
      body.resume()
    },
    destroy: (error, done) => {
      clearTimeout(silence)
      body.destroy()
      done(error)
    },
  })
  body.on('data', (piece: Buffer) => {
    received += piece.length
    silence.refresh()
    if (!stream.push(piece)) body.pause()
  })
  body.on('error', (error) => stream.destroy(translate(error)))
  body.on('end', () => {
    if (received === length) stream.push(null)
  })
  // Also when its connection is taken away without a word.
  body.on('close', () => {
    if (received !== length) stream.destroy(translate(connectionError(`${received} of ${length} bytes came`)))
  })
  return stream
}

const connectionError = (message: string): Error => Object.assign(new Error(message), { code: 'ECONNRESET' })

const seconds = (ms: number): string => `${ms / 1_000} second${ms === 1_000 ? '' : 's'}`
