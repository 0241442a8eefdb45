/**
 * Small numbers in runs and packed bits, as levels and places in a dictionary are written:
 * https://github.com/apache/parquet-format/blob/master/Encodings.md#run-length-encoding--bit-packing-hybrid-rle--3
 */

import { BadFileError } from '../content/bad-file.ts'

const damaged = (): BadFileError => new BadFileError('is damaged: a page has fewer values than it says')

export class RleReader {
  readonly #bytes: Buffer
  readonly #width: number
  readonly #to: number
  #at: number
  /** Left of the run. */
  #left = 0
  #isPacked = false
  #value = 0
  /** Where the next packed value begins, in bits from `#at`. */
  #bit = 0

  /** @param width bits of a number; with 0 all are 0 and there are no bytes */
  constructor(bytes: Buffer, { from, to, width }: { from: number; to: number; width: number }) {
    if (width > 32 || to > bytes.length) throw damaged()
    this.#bytes = bytes
    this.#width = width
    this.#at = from
    this.#to = to
  }

  read(into: Int32Array, count: number): void {
    if (this.#width === 0) {
      into.fill(0, 0, count)
      return
    }
    for (let done = 0; done < count; ) {
      if (this.#left === 0) this.#beginRun()
      const some = Math.min(this.#left, count - done)
      if (this.#isPacked) this.#unpack(into, done, some)
      else into.fill(this.#value, done, done + some)
      this.#left -= some
      done += some
      if (this.#left === 0 && this.#isPacked) this.#endPacked()
    }
  }

  #beginRun(): void {
    const head = this.#varint()
    this.#isPacked = (head & 1) === 1
    if (this.#isPacked) {
      this.#left = (head >>> 1) * 8
      this.#bit = 0
    } else {
      this.#left = head >>> 1
      const size = (this.#width + 7) >> 3
      if (this.#at + size > this.#to) throw damaged()
      this.#value = this.#bytes.readUIntLE(this.#at, size) | 0
      this.#at += size
    }
    if (this.#left === 0) throw damaged()
  }

  #endPacked(): void {
    this.#at += (this.#bit + 7) >> 3
  }

  #unpack(into: Int32Array, start: number, count: number): void {
    const [bytes, width] = [this.#bytes, this.#width]
    let bit = this.#bit
    // The last group may be cut off behind the last value that there is.
    if (this.#at + ((bit + count * width + 7) >> 3) > this.#to) throw damaged()
    if (width === 1) {
      for (let index = start; index < start + count; index += 1, bit += 1)
        into[index] = ((bytes[this.#at + (bit >> 3)] as number) >> (bit & 7)) & 1
    } else {
      const mask = width === 32 ? -1 : (1 << width) - 1
      for (let index = start; index < start + count; index += 1, bit += width) {
        const from = this.#at + (bit >> 3)
        const shift = bit & 7
        const low =
          ((bytes[from] as number) | ((bytes[from + 1] ?? 0) << 8) | ((bytes[from + 2] ?? 0) << 16) | ((bytes[from + 3] ?? 0) << 24)) >>>
          shift
        into[index] = (shift + width > 32 ? low | ((bytes[from + 4] ?? 0) << (32 - shift)) : low) & mask
      }
    }
    this.#bit = bit
  }

  #varint(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      if (this.#at >= this.#to) throw damaged()
      const part = this.#bytes[this.#at] as number
      this.#at += 1
      value |= (part & 0x7f) << shift
      if (part < 0x80) return value
    }
    throw damaged()
  }
}
