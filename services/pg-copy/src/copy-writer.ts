/** Writes rows as binary COPY into one growing buffer, handed on as CopyData messages of many rows each. */

import { BadValueError } from './bad-value.ts'
import type { CopyPiece } from './copy-out.ts'

/** `d` and the length. */
const frameSize = 5
const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const initialSize = 262_144
/** From here on a piece is worth handing on; the room above takes what most rows need. */
const fullAt = 196_608
/** The server takes messages, values and rows of a little more. */
const mostBytes = 1_000_000_000

/**
 * One extract. Encoders write at `at` into `buffer` after `reserve`; a reservation may replace `buffer`, so it is read
 * again behind each.
 */
export class CopyWriter {
  buffer = Buffer.allocUnsafeSlow(initialSize)
  at = frameSize
  #rows = 0
  #framing = signature.length
  #nullAt = -1

  constructor() {
    this.at += signature.copy(this.buffer, this.at)
  }

  /** Makes room for so many bytes. @throws BadValueError where they make the row larger than the server takes */
  reserve(bytes: number): void {
    const needed = this.at + bytes
    if (needed <= this.buffer.length) return
    if (needed > mostBytes) throw new BadValueError('makes the row larger than 1 GB')
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(mostBytes, this.buffer.length * 2)))
    this.buffer.copy(larger, 0, 0, this.at)
    this.buffer = larger
  }

  /** @returns where the row begins */
  beginRow(columns: number): number {
    this.reserve(2)
    const start = this.at
    this.at = this.buffer.writeInt16BE(columns, start)
    this.#rows += 1
    return start
  }

  /** Takes the row that begins there back; it is counted all the same. */
  dropRow(start: number): void {
    this.at = start
    this.#nullAt = -1
  }

  /** The value that was written last is NULL. */
  get endsInNull(): boolean {
    return this.#nullAt === this.at
  }

  writeNull(): void {
    this.reserve(4)
    this.at = this.buffer.writeInt32BE(-1, this.at)
    this.#nullAt = this.at
  }

  get isFull(): boolean {
    return this.at >= fullAt
  }

  /** What was written since the last piece; only between two rows. */
  take(): CopyPiece {
    const data = this.buffer.subarray(0, this.at)
    data[0] = 0x64
    data.writeUInt32BE(this.at - 1, 1)
    const piece = { data, rows: this.#rows, bytes: this.at - frameSize - this.#framing }
    this.buffer = Buffer.allocUnsafeSlow(initialSize)
    this.at = frameSize
    this.#rows = 0
    this.#framing = 0
    this.#nullAt = -1
    return piece
  }

  /** The last piece, with the end of the rows. */
  end(): CopyPiece {
    this.reserve(2)
    this.at = this.buffer.writeInt16BE(-1, this.at)
    this.#framing += 2
    return this.take()
  }
}
