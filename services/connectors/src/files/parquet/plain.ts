/**
 * Turns the encodings of pages into the one called PLAIN, so that values are read in one way only:
 * https://github.com/apache/parquet-format/blob/master/Encodings.md
 */

import { BadFileError } from '../content/bad-file.ts'
import { physical } from './metadata.ts'
import { RleReader } from './rle.ts'

export const encodings = {
  plain: 0,
  plainDictionary: 2,
  rle: 3,
  bitPacked: 4,
  deltaBinary: 5,
  deltaLength: 6,
  delta: 7,
  rleDictionary: 8,
  split: 9,
}

const damaged = (): BadFileError => new BadFileError('is damaged: a page has fewer values than it says')
/** What the values of one page may become. */
const largestPage = 268_435_456

export type PlainRequest = { encoding: number; type: number; width: number; count: number }

/** Values of a fixed size have it as `width`; booleans become a byte each, byte arrays have their length in front. */
export const toPlain = (bytes: Buffer, { encoding, type, width, count }: PlainRequest): Buffer => {
  switch (encoding) {
    case encodings.plain:
      return type === physical.boolean ? unpackedBits(bytes, count) : bytes
    case encodings.rle:
      if (type !== physical.boolean) break
      return runsOfBits(bytes, count)
    case encodings.deltaBinary:
      if (type !== physical.int32 && type !== physical.int64) break
      return deltas(bytes, 0, count, width).values
    case encodings.deltaLength:
      return withLengths(bytes, count)
    case encodings.delta:
      return withPrefixes(bytes, count, type === physical.fixed)
    case encodings.split:
      return joined(bytes, count, width)
    default:
  }
  throw new BadFileError(`is written in a way that cannot be read (encoding ${encoding})`)
}

/** At most so many: there are none for NULL. */
const unpackedBits = (bytes: Buffer, most: number): Buffer => {
  const values = Buffer.allocUnsafeSlow(Math.min(most, bytes.length * 8))
  for (let at = 0; at < values.length; at += 1) values[at] = ((bytes[at >> 3] as number) >> (at & 7)) & 1
  return values
}

const runsOfBits = (bytes: Buffer, count: number): Buffer => {
  if (bytes.length < 4) throw damaged()
  const bits = new Int32Array(count)
  new RleReader(bytes, { from: 4, to: 4 + bytes.readUInt32LE(), width: 1 }).read(bits, count)
  return Buffer.from(Uint8Array.from(bits).buffer)
}

/** BYTE_STREAM_SPLIT: first the first bytes of all values, then the second ones. */
const joined = (bytes: Buffer, count: number, width: number): Buffer => {
  if (bytes.length < count * width) throw damaged()
  const values = Buffer.allocUnsafeSlow(count * width)
  for (let byte = 0; byte < width; byte += 1)
    for (let at = 0; at < count; at += 1) values[at * width + byte] = bytes[byte * count + at] as number
  return values
}

class BitReader {
  at: number
  readonly #bytes: Buffer

  constructor(bytes: Buffer, from: number) {
    this.#bytes = bytes
    this.at = from
  }

  varint(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const part = this.#bytes[this.at]
      if (part === undefined) throw damaged()
      this.at += 1
      value |= BigInt(part & 0x7f) << shift
      if (part < 0x80) return value
    }
    throw damaged()
  }

  count(): number {
    return Number(this.varint())
  }

  zigzag(): bigint {
    const value = this.varint()
    return (value >> 1n) ^ -(value & 1n)
  }

  bytes(size: number): Buffer {
    this.at += size
    if (this.at > this.#bytes.length) throw damaged()
    return this.#bytes.subarray(this.at - size, this.at)
  }
}

/** DELTA_BINARY_PACKED. @returns the numbers, the lowest byte first, and where they end */
const deltas = (bytes: Buffer, from: number, count: number, width: number): { values: Buffer; end: number } => {
  const reader = new BitReader(bytes, from)
  const [blockSize, blocks, total] = [reader.count(), reader.count(), reader.count()]
  const perBlock = blockSize / blocks
  if (total < count || !Number.isInteger(perBlock) || perBlock % 32 !== 0 || perBlock < 32 || perBlock > 65_536) throw damaged()
  const values = Buffer.allocUnsafeSlow(count * width)
  let value = reader.zigzag()
  let done = 0
  const put = (): void => {
    if (done >= count) return
    if (width === 4) values.writeInt32LE(Number(BigInt.asIntN(32, value)), done * 4)
    else values.writeBigInt64LE(BigInt.asIntN(64, value), done * 8)
    done += 1
  }
  if (total > 0) put()
  for (let left = total - 1; left > 0 && done < count; ) {
    const least = reader.zigzag()
    const widths = Uint8Array.from(reader.bytes(blocks))
    for (let block = 0; block < blocks && left > 0; block += 1) {
      const bits = widths[block] as number
      const packed = reader.bytes((bits * perBlock) / 8)
      for (let at = 0; at < perBlock && left > 0; at += 1, left -= 1) {
        value = BigInt.asIntN(64, value + least + bitsAt(packed, at * bits, bits))
        put()
      }
    }
  }
  if (done < count) throw damaged()
  return { values, end: reader.at }
}

const bitsAt = (packed: Buffer, bit: number, bits: number): bigint => {
  if (bits > 64) throw damaged()
  let value = 0n
  for (let done = 0; done < bits; ) {
    const offset = (bit + done) & 7
    const some = Math.min(8 - offset, bits - done)
    value |= BigInt(((packed[(bit + done) >> 3] as number) >> offset) & ((1 << some) - 1)) << BigInt(done)
    done += some
  }
  return value
}

/** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
const withLengths = (bytes: Buffer, count: number): Buffer => {
  const { values: lengths, end } = deltas(bytes, 0, count, 4)
  const values = Buffer.allocUnsafeSlow(bytes.length - end + 4 * count)
  let [from, at] = [end, 0]
  for (let index = 0; index < count; index += 1) {
    const length = lengths.readInt32LE(index * 4)
    if (length < 0 || from + length > bytes.length) throw damaged()
    at = values.writeInt32LE(length, at)
    at += bytes.copy(values, at, from, from + length)
    from += length
  }
  return values.subarray(0, at)
}

/** DELTA_BYTE_ARRAY: how much each has in common with the one before it, and what is different. */
const withPrefixes = (bytes: Buffer, count: number, isFixed: boolean): Buffer => {
  const { values: prefixes, end } = deltas(bytes, 0, count, 4)
  const suffixes = withLengths(bytes.subarray(end), count)
  const parts: Buffer[] = []
  let previous = Buffer.alloc(0)
  let [at, total] = [0, 0]
  for (let index = 0; index < count; index += 1) {
    const prefix = prefixes.readInt32LE(index * 4)
    const length = suffixes.readInt32LE(at)
    if (prefix < 0 || prefix > previous.length) throw damaged()
    const value = Buffer.concat([previous.subarray(0, prefix), suffixes.subarray(at + 4, at + 4 + length)])
    at += 4 + length
    total += 4 + value.length
    if (total > largestPage) throw new BadFileError(`has a page of more than ${largestPage / 1_048_576} MB`)
    if (!isFixed) {
      const size = Buffer.alloc(4)
      size.writeUInt32LE(value.length)
      parts.push(size)
    }
    parts.push(value)
    previous = value
  }
  return Buffer.concat(parts)
}
