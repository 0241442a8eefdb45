/** Reads a file of one JSON object a line, without making objects of them: values stay where they are. */

import { ByteWindow } from '../content/byte-window.ts'
import { skipColon, skipNested, skipPlain, skipScalar, skipSpace, skipString, unescape } from './json-text.ts'

const [lf, quote, comma, openBrace, closeBrace, openBracket] = [0x0a, 0x22, 0x2c, 0x7b, 0x7d, 0x5b]
const lowerN = 0x6e
const longestRaw = 8_000
/** Files whose keys are values have no end of them. */
const mostKnownKeys = 10_000

/** What a value of the line is; a column without one, or with null, is absent. */
export const jsonKinds = { absent: 0, string: 1, escapedString: 2, scalar: 3, nested: 4 } as const

export type JsonlColumns = {
  /** @returns the place of a key's column; `unwantedKey` where it is not wanted, `unknownKey` where there is none of that name */
  columnOf(key: string): number
  /** Columns whose strings are given with their quotes and escapes. */
  asJson: ReadonlySet<number>
}

export const unwantedKey = -1
export const unknownKey = -2

/** Written as in the line in which it was seen first. */
type KnownKey = { bytes: Buffer; column: number }

/** Takes chunks that are cut anywhere; after `feed`, `next` goes from line to line while it returns true. Blank lines are none. */
export class JsonlScanner {
  /** Of the file, from 1. */
  line = 0
  /** What the line should have been, as a sentence; null: it is. */
  fault: string | null = null
  /** Values so far whose keys are unknown. */
  unknownValues = 0
  readonly #window = new ByteWindow()
  readonly #columns: JsonlColumns
  /** Keys in their usual order, so that each is expected behind the one before. */
  readonly #known: KnownKey[] = []
  readonly #places = new Map<string, number>()
  #expected = 0
  #column = 0
  #from = new Int32Array(64)
  #to = new Int32Array(64)
  #kinds = new Uint8Array(64)
  #lineStart = 0
  #lineEnd = 0
  #next = 0
  #searched = 0
  #scratch = Buffer.allocUnsafeSlow(4_096)
  #scratchAt = 0

  constructor(columns: JsonlColumns) {
    this.#columns = columns
  }

  /** Only after `next` has returned false. */
  feed(chunk: Buffer): void {
    const shift = this.#next
    this.#window.append(chunk, shift)
    this.#searched -= shift
    this.#next = 0
  }

  /** Nothing follows: `next` gives the rest as a line. */
  finish(): void {
    if (this.#window.end > this.#next) this.feed(Buffer.from('\n'))
  }

  /** @returns whether there is another line; false: more must be fed, or there is none */
  next(): boolean {
    const { bytes, end } = this.#window
    for (;;) {
      const found = bytes.indexOf(lf, this.#searched)
      if (found < 0 || found >= end) {
        this.#searched = end
        return false
      }
      this.#lineStart = this.#next
      this.#lineEnd = found
      this.#next = found + 1
      this.#searched = found + 1
      this.line += 1
      const first = skipSpace(bytes, this.#lineStart)
      if (first < found) {
        this.#read(bytes, first)
        return true
      }
    }
  }

  /** One of `jsonKinds`. */
  kindOf(column: number): number {
    return this.#kinds[column] ?? jsonKinds.absent
  }

  /** Gives a value to a writer of rows, unless it is absent. */
  set(rows: { set(column: number, source: Buffer, from: number, to: number): void }, column: number): void {
    const kind = this.kindOf(column)
    if (kind === jsonKinds.absent) return
    const [from, to] = [this.#from[column] as number, this.#to[column] as number]
    const isString = kind === jsonKinds.string || kind === jsonKinds.escapedString
    const { bytes } = this.#window
    if (isString && this.#columns.asJson.has(column)) rows.set(column, bytes, from - 1, to + 1)
    else if (kind === jsonKinds.escapedString) {
      this.#reserve(to - from)
      const end = unescape(bytes, from, to, this.#scratch, this.#scratchAt)
      rows.set(column, this.#scratch, this.#scratchAt, end)
      this.#scratchAt = end
    } else rows.set(column, bytes, from, to)
  }

  /** The line as it stands in the file; what is very long is cut. */
  get raw(): string {
    const { bytes } = this.#window
    const to = Math.min(this.#lineEnd, this.#lineStart + longestRaw)
    return `${bytes.toString('utf8', this.#lineStart, to)}${to < this.#lineEnd ? '…' : ''}`
  }

  #read(bytes: Buffer, first: number): void {
    this.#kinds.fill(jsonKinds.absent)
    this.#scratchAt = 0
    this.fault = null
    if (bytes[first] !== openBrace) this.fault = 'The line must be a JSON object.'
    else {
      const end = this.#readObject(bytes, first)
      const last = end < 0 ? ~end : skipSpace(bytes, end)
      if (end < 0 || last !== this.#lineEnd)
        this.fault = `The line must be one JSON object in order, and it is not from its byte ${last - this.#lineStart + 1} on.`
    }
  }

  #readObject(bytes: Buffer, from: number): number {
    this.#expected = 0
    let at = skipSpace(bytes, from + 1)
    if (bytes[at] === closeBrace) return at + 1
    for (;;) {
      const keyEnd = bytes[at] === quote ? this.#readKey(bytes, at + 1) : ~at
      if (keyEnd < 0) return keyEnd
      at = skipColon(bytes, keyEnd + 1)
      if (at >= 0) at = this.#readValue(bytes, at, this.#column)
      if (at < 0) return at
      at = skipSpace(bytes, at)
      if (bytes[at] === closeBrace) return at + 1
      if (bytes[at] !== comma) return ~at
      at = skipSpace(bytes, at + 1)
    }
  }

  /** Finds the column of a key. @returns where its closing quote stands */
  #readKey(bytes: Buffer, from: number): number {
    const expected = this.#known[this.#expected]
    if (expected !== undefined) {
      const key = expected.bytes
      let matched = 0
      while (matched < key.length && bytes[from + matched] === key[matched]) matched += 1
      if (matched === key.length && bytes[from + matched] === quote) {
        this.#expected += 1
        this.#column = expected.column
        return from + matched
      }
    }
    const to = skipString(bytes, from)
    if (to >= 0) this.#column = this.#lookUp(bytes, from, to)
    return to
  }

  #lookUp(bytes: Buffer, from: number, to: number): number {
    const key = JSON.parse(bytes.toString('utf8', from - 1, to + 1)) as string
    const place = this.#places.get(key)
    if (place !== undefined) {
      this.#expected = place + 1
      return (this.#known[place] as KnownKey).column
    }
    const column = this.#columns.columnOf(key)
    if (this.#known.length < mostKnownKeys) {
      this.#places.set(key, this.#known.length)
      this.#known.push({ bytes: Buffer.from(bytes.subarray(from, to)), column })
      this.#expected = this.#known.length
    }
    return column
  }

  #readValue(bytes: Buffer, from: number, column: number): number {
    const byte = bytes[from]
    if (byte === quote) {
      const plainEnd = skipPlain(bytes, from + 1)
      if (bytes[plainEnd] === quote) {
        this.#note(column, from + 1, plainEnd, jsonKinds.string)
        return plainEnd + 1
      }
      const end = skipString(bytes, from + 1)
      if (end < 0) return end
      this.#note(column, from + 1, end, jsonKinds.escapedString)
      return end + 1
    }
    const isNested = byte === openBrace || byte === openBracket
    const end = isNested ? skipNested(bytes, from) : skipScalar(bytes, from)
    if (end < 0) return end
    this.#note(column, from, end, isNested ? jsonKinds.nested : byte === lowerN ? jsonKinds.absent : jsonKinds.scalar)
    return end
  }

  /** Of a key that comes twice the last value counts, as with JSON.parse. */
  #note(column: number, from: number, to: number, kind: number): void {
    if (column === unknownKey) this.unknownValues += 1
    if (column < 0) return
    if (column >= this.#kinds.length) this.#widen(column)
    this.#from[column] = from
    this.#to[column] = to
    this.#kinds[column] = kind
  }

  #widen(column: number): void {
    const [from, to, kinds] = [this.#from, this.#to, this.#kinds]
    const size = Math.max(column + 1, 2 * kinds.length)
    this.#from = new Int32Array(size)
    this.#to = new Int32Array(size)
    this.#kinds = new Uint8Array(size)
    this.#from.set(from)
    this.#to.set(to)
    this.#kinds.set(kinds)
  }

  /** A larger one leaves the old one as it is, for the values that are in it. */
  #reserve(size: number): void {
    if (this.#scratchAt + size <= this.#scratch.length) return
    this.#scratch = Buffer.allocUnsafeSlow(Math.max(2 * this.#scratch.length, size))
    this.#scratchAt = 0
  }
}
