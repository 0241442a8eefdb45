/** Reads structures of Thrift's compact protocol: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md */

import { BadFileError } from '../content/bad-file.ts'

export type ThriftValue = boolean | number | Buffer | ThriftValue[] | ThriftStruct
/** By the number of the field. */
export type ThriftStruct = Map<number, ThriftValue>

const [yes, no, byte, i16, i32, i64, double, binary, list, set, struct] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]
const deepest = 64

/** There are not enough bytes for the structure. */
export class ThriftEndError extends BadFileError {}

/** @returns the structure that begins at `from`, and where it ends */
export const readStruct = (bytes: Buffer, from: number): { value: ThriftStruct; end: number } => {
  const reader = new CompactReader(bytes, from)
  const value = reader.struct(0)
  return { value, end: reader.at }
}

class CompactReader {
  at: number
  readonly #bytes: Buffer

  constructor(bytes: Buffer, from: number) {
    this.#bytes = bytes
    this.at = from
  }

  struct(depth: number): ThriftStruct {
    if (depth > deepest) throw new BadFileError('is damaged: its metadata is nested too deep')
    const fields: ThriftStruct = new Map()
    for (let field = 0; ; ) {
      const head = this.#byte()
      if (head === 0) return fields
      const [step, type] = [head >> 4, head & 15]
      field = step === 0 ? this.#zigzag() : field + step
      fields.set(field, type === yes ? true : type === no ? false : this.#value(type, depth))
    }
  }

  #value(type: number, depth: number): ThriftValue {
    switch (type) {
      // An element of a list; a field has its value in its type.
      case yes:
      case no:
        return this.#byte() === yes
      case byte:
        return (this.#byte() << 24) >> 24
      case i16:
      case i32:
      case i64:
        return this.#zigzag()
      case double:
        return this.#take(8).readDoubleLE()
      case binary:
        return this.#take(this.#varint())
      case list:
      case set:
        return this.#list(depth)
      case struct:
        return this.struct(depth + 1)
      default:
        throw new BadFileError('is damaged: its metadata has a field of no known type')
    }
  }

  #list(depth: number): ThriftValue[] {
    const head = this.#byte()
    const [short, type] = [head >> 4, head & 15]
    const size = short === 15 ? this.#varint() : short
    // Each element has a byte at least.
    if (size > this.#bytes.length - this.at) throw new ThriftEndError('is damaged: its metadata ends early')
    return Array.from({ length: size }, () => this.#value(type, depth + 1))
  }

  #byte(): number {
    const value = this.#bytes[this.at]
    if (value === undefined) throw new ThriftEndError('is damaged: its metadata ends early')
    this.at += 1
    return value
  }

  #take(size: number): Buffer {
    if (size > this.#bytes.length - this.at) throw new ThriftEndError('is damaged: its metadata ends early')
    this.at += size
    return this.#bytes.subarray(this.at - size, this.at)
  }

  /** Exact up to 2^53: no file is larger. */
  #varint(): number {
    let value = 0
    for (let scale = 1; scale < 2 ** 70; scale *= 128) {
      const part = this.#byte()
      value += (part & 0x7f) * scale
      if (part < 0x80) return value
    }
    throw new BadFileError('is damaged: its metadata has a number without an end')
  }

  #zigzag(): number {
    const value = this.#varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
}

/** The number of a field; `instead` where it is left out. */
export const numberOf = (fields: ThriftStruct, field: number, instead: number): number => {
  const value = fields.get(field)
  return typeof value === 'number' ? value : instead
}

export const textOf = (fields: ThriftStruct, field: number): string => {
  const value = fields.get(field)
  return Buffer.isBuffer(value) ? value.toString('utf8') : ''
}

export const structOf = (fields: ThriftStruct, field: number): ThriftStruct | null => {
  const value = fields.get(field)
  return value instanceof Map ? value : null
}

export const structsOf = (fields: ThriftStruct, field: number): ThriftStruct[] => {
  const value = fields.get(field)
  return Array.isArray(value) ? value.filter((element) => element instanceof Map) : []
}
