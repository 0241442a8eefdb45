/** Goes through the pages of one column in one row group, with little of them in memory at a time. */

import * as zlib from 'node:zlib'
import { BadFileError } from '../content/bad-file.ts'
import { decompressPage } from './codecs.ts'
import type { ColumnChunk } from './metadata.ts'
import { encodings, toPlain } from './plain.ts'
import type { RandomAccess } from './random-access.ts'
import { RleReader } from './rle.ts'
import type { Leaf } from './schema.ts'
import { numberOf, readStruct, structOf, ThriftEndError, type ThriftStruct } from './thrift.ts'
import { DictionaryValues, PlainValues, type Texts, textsFor, type Values, widthOf } from './values.ts'

/** `count` levels, and a value for each whose definition is the leaf's. */
export type Page = {
  count: number
  /** null: all are there. */
  definitions: RleReader | null
  /** null: none is repeated. */
  repetitions: RleReader | null
  values: Values
}

/** Values of the format's enumeration `PageType`. */
const pageTypes = { data: 0, dictionary: 2, dataV2: 3 }
const largestPage = 200_000_000
const mostValues = 20_000_000
const largestHeader = 16_777_216

/** Node has it from 20.15 on; before, nothing is compared. */
const crc32: typeof zlib.crc32 | undefined = zlib.crc32

type Header = { type: number; packedSize: number; size: number; crc: number | null; fields: ThriftStruct }

export type PageSource = {
  file: RandomAccess
  chunk: ColumnChunk
  leaf: Leaf
  /** Bytes to read at once, where a page does not need more. */
  readBytes: number
}

export class PageReader {
  readonly #source: PageSource
  #bytes: Buffer = Buffer.alloc(0)
  /** In `#bytes`, which end at `#readUpTo` of the file. */
  #at = 0
  #readUpTo: number
  #left: number
  #dictionary: Texts | null = null

  constructor(source: PageSource) {
    this.#source = source
    this.#readUpTo = source.chunk.from
    this.#left = source.chunk.values
  }

  /** All pages were given. */
  get isEnded(): boolean {
    return this.#left <= 0
  }

  /** The next page with values; null: there is none. */
  async next(): Promise<Page | null> {
    while (!this.isEnded) {
      const header = await this.#header()
      const packed = await this.#take(header.packedSize)
      if (crc32 !== undefined && header.crc !== null && crc32(packed) !== header.crc >>> 0)
        throw new BadFileError('is damaged: a checksum of a page is wrong')
      if (header.type === pageTypes.dictionary) this.#readDictionary(packed, header)
      else if (header.type === pageTypes.data || header.type === pageTypes.dataV2) {
        const page = header.type === pageTypes.data ? this.#dataPage(packed, header) : this.#dataPageV2(packed, header)
        this.#left -= page.count
        if (page.count > 0) return page
      }
    }
    return null
  }

  async #header(): Promise<Header> {
    for (let size = 64; ; size *= 4) {
      const isAll = !(await this.#have(size))
      try {
        const { value, end } = readStruct(this.#bytes, this.#at)
        this.#at = end
        return headerOf(value)
      } catch (error) {
        if (!(error instanceof ThriftEndError) || isAll || size > largestHeader) throw error
      }
    }
  }

  async #take(size: number): Promise<Buffer> {
    if (!(await this.#have(size))) throw new BadFileError('is damaged: a page is larger than its column')
    this.#at += size
    return this.#bytes.subarray(this.#at - size, this.#at)
  }

  /** @returns whether there are so many bytes left of the column; as many as there are, are at hand */
  async #have(size: number): Promise<boolean> {
    const kept = this.#bytes.length - this.#at
    if (kept >= size) return true
    const { file, chunk, readBytes } = this.#source
    const to = Math.min(chunk.to, this.#readUpTo + Math.max(size - kept, readBytes))
    if (to > this.#readUpTo) {
      const more = await file.read(this.#readUpTo, to)
      // What was given out before stays as it is.
      this.#bytes = kept === 0 ? more : Buffer.concat([this.#bytes.subarray(this.#at), more])
      this.#at = 0
      this.#readUpTo = to
    }
    return this.#bytes.length - this.#at >= size
  }

  #readDictionary(packed: Buffer, { size, fields }: Header): void {
    const { leaf, chunk } = this.#source
    const count = valueCountOf(structOf(fields, 7))
    const bytes = decompressPage(chunk.codec, packed, size)
    const texts = textsFor(count)
    new PlainValues(toPlain(bytes, { encoding: encodings.plain, type: typeOf(leaf), width: widthOf(leaf), count }), leaf).read(count, texts)
    this.#dictionary = texts
  }

  #dataPage(packed: Buffer, { size, fields }: Header): Page {
    const { leaf, chunk } = this.#source
    const header = structOf(fields, 5) ?? new Map()
    const count = valueCountOf(header)
    const bytes = decompressPage(chunk.codec, packed, size)
    let at = 0
    const levels = (highest: number, field: number): RleReader | null => {
      if (highest === 0) return null
      if (numberOf(header, field, encodings.rle) !== encodings.rle)
        throw new BadFileError('is written in a way that cannot be read (levels as packed bits)')
      if (at + 4 > bytes.length) throw new BadFileError('is damaged: a page has no levels')
      const from = at + 4
      at = from + bytes.readUInt32LE(at)
      return new RleReader(bytes, { from, to: at, width: widthOfLevel(highest) })
    }
    const repetitions = levels(leaf.repetition, 4)
    const definitionsAt = at
    const definitions = levels(leaf.definition, 3)
    const encoding = numberOf(header, 2, 0)
    // Only these encodings do not need to know how many values there are.
    const isSelfContained = definitions === null || encoding === encodings.plain || isDictionary(encoding)
    const present = isSelfContained
      ? count
      : presentOf(new RleReader(bytes, { from: definitionsAt + 4, to: at, width: widthOfLevel(leaf.definition) }), count, leaf.definition)
    return { count, definitions, repetitions, values: this.#values(bytes.subarray(at), encoding, present) }
  }

  /** Levels are not compressed, and have no length in front. */
  #dataPageV2(packed: Buffer, { size, fields }: Header): Page {
    const { leaf, chunk } = this.#source
    const header = structOf(fields, 8) ?? new Map()
    const count = valueCountOf(header)
    const repetitionsEnd = numberOf(header, 6, 0)
    const levelsEnd = repetitionsEnd + numberOf(header, 5, 0)
    if (repetitionsEnd < 0 || levelsEnd < repetitionsEnd || levelsEnd > packed.length || levelsEnd > size)
      throw new BadFileError('is damaged: the levels of a page are larger than the page')
    const body = packed.subarray(levelsEnd)
    const bytes = header.get(7) === false ? body : decompressPage(chunk.codec, body, size - levelsEnd)
    const levels = (highest: number, from: number, to: number): RleReader | null =>
      highest === 0 ? null : new RleReader(packed, { from, to, width: widthOfLevel(highest) })
    const repetitions = levels(leaf.repetition, 0, repetitionsEnd)
    const definitions = levels(leaf.definition, repetitionsEnd, levelsEnd)
    const present = count - numberOf(header, 2, 0)
    return { count, definitions, repetitions, values: this.#values(bytes, numberOf(header, 4, 0), present) }
  }

  /** @param most values that there may be: NULL has none */
  #values(bytes: Buffer, encoding: number, most: number): Values {
    const { leaf } = this.#source
    if (isDictionary(encoding)) {
      if (this.#dictionary === null) throw new BadFileError('is damaged: a column has no dictionary')
      return new DictionaryValues(this.#dictionary, new RleReader(bytes, { from: 1, to: bytes.length, width: bytes[0] ?? 0 }))
    }
    return new PlainValues(toPlain(bytes, { encoding, type: typeOf(leaf), width: widthOf(leaf), count: most }), leaf)
  }
}

const headerOf = (fields: ThriftStruct): Header => {
  const [packedSize, size] = [numberOf(fields, 3, -1), numberOf(fields, 2, -1)]
  if (packedSize < 0 || size < 0) throw new BadFileError('is damaged: a page has no size')
  if (packedSize > largestPage || size > largestPage) throw new BadFileError(`has a page of more than ${largestPage / 1_000_000} MB`)
  const crc = fields.get(4)
  return { type: numberOf(fields, 1, -1), packedSize, size, crc: typeof crc === 'number' ? crc : null, fields }
}

const valueCountOf = (header: ThriftStruct | null): number => {
  const count = header === null ? -1 : numberOf(header, 1, -1)
  if (count < 0 || count > mostValues) throw new BadFileError('is damaged: a page cannot have as many values as it says')
  return count
}

const presentOf = (definitions: RleReader, count: number, highest: number): number => {
  const levels = new Int32Array(count)
  definitions.read(levels, count)
  return levels.reduce((present, level) => (level === highest ? present + 1 : present), 0)
}

const isDictionary = (encoding: number): boolean => encoding === encodings.plainDictionary || encoding === encodings.rleDictionary
const typeOf = ({ element }: Leaf): number => element.type ?? -1
const widthOfLevel = (highest: number): number => 32 - Math.clz32(highest)
