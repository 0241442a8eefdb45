/** The bytes of the row at work and of what came behind it: a batch that moves on with the rows and grows for a large one. */

import { BadFileError } from './bad-file.ts'

const initialSize = 16_384
/** A larger row is no row: most often a quote that is never closed. */
const usualLimit = 268_435_456

export class ByteWindow {
  bytes = Buffer.allocUnsafeSlow(initialSize)
  end = 0
  readonly #limit: number

  /** @param limit bytes of one row */
  constructor(limit = usualLimit) {
    this.#limit = limit
  }

  /** Moves what is kept to the front and puts the chunk behind it. */
  append(chunk: Buffer, keepFrom: number): void {
    const kept = this.end - keepFrom
    const needed = kept + chunk.length
    if (kept > this.#limit) throw new BadFileError(`has a row of more than ${this.#limit / 1_048_576} MB; is a quote not closed?`)
    const target = needed <= this.bytes.length ? this.bytes : Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.bytes.length))
    this.bytes.copy(target, 0, keepFrom, this.end)
    chunk.copy(target, kept)
    this.bytes = target
    this.end = needed
  }
}
