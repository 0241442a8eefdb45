/** The values of a page, printed as text some at a time. */

import { BadFileError } from '../content/bad-file.ts'
import { physical } from './metadata.ts'
import type { RleReader } from './rle.ts'
import type { Leaf } from './schema.ts'
import { TextBuffer } from './text-buffer.ts'

/** Where texts stand, one behind the other. */
export type Texts = { source: Buffer; from: Int32Array; to: Int32Array }

export const textsFor = (count: number): Texts => ({ source: Buffer.alloc(0), from: new Int32Array(count), to: new Int32Array(count) })

export type Values = {
  /** Puts the next values into the first places; they stay there until it is called again. */
  read(count: number, into: Texts): void
}

const damaged = (): BadFileError => new BadFileError('is damaged: a page has fewer values than it says')

/** Bytes of a value that has a fixed number of them, in the encoding PLAIN as `toPlain` gives it; 0: each has its own. */
export const widthOf = ({ element: { type, length } }: Leaf): number => {
  switch (type) {
    case physical.boolean:
      return 1
    case physical.int32:
    case physical.float:
      return 4
    case physical.int64:
    case physical.double:
      return 8
    case physical.int96:
      return 12
    case physical.fixed:
      return length
    default:
      return 0
  }
}

export class PlainValues implements Values {
  readonly #bytes: Buffer
  readonly #leaf: Leaf
  readonly #width: number
  readonly #text = new TextBuffer()
  #at = 0

  constructor(bytes: Buffer, leaf: Leaf) {
    this.#bytes = bytes
    this.#leaf = leaf
    this.#width = widthOf(leaf)
  }

  read(count: number, into: Texts): void {
    const { print } = this.#leaf.type
    if (print === null) {
      for (let index = 0; index < count; index += 1) {
        const size = this.#sizeOfNext()
        into.from[index] = this.#at
        this.#at += size
        into.to[index] = this.#at
      }
      into.source = this.#bytes
      return
    }
    const text = this.#text
    text.at = 0
    for (let index = 0; index < count; index += 1) {
      const size = this.#sizeOfNext()
      into.from[index] = text.at
      print(this.#bytes, this.#at, size, text)
      into.to[index] = text.at
      this.#at += size
    }
    into.source = text.bytes
  }

  #sizeOfNext(): number {
    let size = this.#width
    if (size === 0 && this.#leaf.element.type === physical.byteArray) {
      if (this.#at + 4 > this.#bytes.length) throw damaged()
      size = this.#bytes.readUInt32LE(this.#at)
      this.#at += 4
    }
    if (this.#at + size > this.#bytes.length) throw damaged()
    return size
  }
}

/** Places in a dictionary, whose values were printed once. */
export class DictionaryValues implements Values {
  readonly #dictionary: Texts
  readonly #places: RleReader
  #buffer = new Int32Array(0)

  constructor(dictionary: Texts, places: RleReader) {
    this.#dictionary = dictionary
    this.#places = places
  }

  read(count: number, into: Texts): void {
    if (this.#buffer.length < count) this.#buffer = new Int32Array(count)
    const [buffer, { source, from, to }] = [this.#buffer, this.#dictionary]
    this.#places.read(buffer, count)
    for (let index = 0; index < count; index += 1) {
      const place = buffer[index] as number
      if (place >>> 0 >= from.length) throw new BadFileError('is damaged: a value is not in its dictionary')
      into.from[index] = from[place] as number
      into.to[index] = to[place] as number
    }
    into.source = source
  }
}
