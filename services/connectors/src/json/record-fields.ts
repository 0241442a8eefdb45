/** The members of one record: ranges of bytes, by the columns that are wanted. */

import type { RowWriter } from '@aiia/core/sync/source'
import { afterColon, closeBrace, comma, JsonError, openBrace, openBracket, quote, skipSpace, stringEnd, valueEnd } from './json-syntax.ts'
import { createKnownKeys, type KnownKey } from './known-keys.ts'
import { unescape } from './unescape.ts'

export type ValueKind = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array'

/** One record, valid until the next is read. */
export type RecordFields = {
  /** false: the array holds something else there. */
  readonly isObject: boolean
  /** The record as it stands in the body, as JSON text. */
  raw(): string
  /**
   * Sets the values of the wanted columns; null and what is missing stay unset. Strings arrive without their quotes and
   * escapes, numbers and booleans as they are printed, objects and arrays as JSON text. `push` is the caller's.
   */
  writeTo(rows: RowWriter): void
  /**
   * The value of one wanted column, for those who need to rewrite it; null: it is missing or null. Valid until the next record.
   *
   * @param column its place among the wanted
   */
  value(column: number): FieldValue | null
  /** All members in their order, wanted or not; slow, for a look at the first records. */
  members(): { name: string; kind: ValueKind; text: string }[]
}

export type FieldValue = { kind: ValueKind; source: Buffer; from: number; to: number }

/** A buffer for strings that is larger is not kept. */
const mostScratch = 1_048_576
const usualScratch = 65_536
const letterN = 0x6e

const kinds: Readonly<Record<number, ValueKind>> = {
  0x74: 'boolean',
  0x66: 'boolean',
  [letterN]: 'null',
  [openBrace]: 'object',
  [openBracket]: 'array',
}

const kindOf = (source: Buffer, from: number): ValueKind =>
  source[from - 1] === quote || source[from] === quote ? 'string' : (kinds[source[from] as number] ?? 'number')

export class RecordReader implements RecordFields {
  readonly #keys
  #source: Buffer = Buffer.alloc(0)
  #from = 0
  #to = 0
  #count = 0
  readonly #key: KnownKey[] = []
  readonly #valueFrom: number[] = []
  /** Negative where the value is a string with escapes. */
  readonly #valueTo: number[] = []
  /** For each wanted column the place of its member; -1: none, or null. */
  readonly #member: Int32Array
  #scratch: Buffer = Buffer.allocUnsafe(usualScratch)
  #used = 0

  constructor(columns: readonly string[], asJson: ReadonlySet<string>) {
    this.#keys = createKnownKeys(columns, asJson)
    this.#member = new Int32Array(columns.length)
  }

  /** @returns behind the record; throws `cutShort` where it does not end in the buffer */
  read(source: Buffer, from: number): number {
    this.#source = source
    this.#from = from
    this.#count = 0
    this.#used = 0
    if (this.#scratch.length > mostScratch) this.#scratch = Buffer.allocUnsafe(usualScratch)
    this.#to = source[from] === openBrace ? this.#readMembers(source, from) : valueEnd(source, from)
    return this.#to
  }

  #readMembers(source: Buffer, from: number): number {
    const [keys, key, valueFrom, valueTo, member] = [this.#keys, this.#key, this.#valueFrom, this.#valueTo, this.#member]
    keys.begin()
    member.fill(-1)
    let at = skipSpace(source, from + 1)
    if (source[at] === closeBrace) return at + 1
    for (let place = 0; ; place += 1) {
      if (source[at] !== quote) throw new JsonError('a member without a name', at)
      let found = keys.predicted(source, at + 1)
      if (found === null) {
        const end = Math.abs(stringEnd(source, at + 1))
        found = keys.find(source, at + 1, end)
        at = end + 1
      } else at += 1 + found.bytes.length
      at = afterColon(source, at)
      const first = source[at]
      const isString = first === quote
      const end = isString ? stringEnd(source, at + 1) : valueEnd(source, at, 1)
      const behind = isString ? Math.abs(end) + 1 : end
      const isText = isString && !found.asJson
      key[place] = found
      valueFrom[place] = isText ? at + 1 : at
      valueTo[place] = isText ? end : behind
      this.#count = place + 1
      // Of a name that comes twice the last value counts, as everywhere.
      if (found.column >= 0) member[found.column] = first === letterN ? -1 : place
      at = skipSpace(source, behind)
      if (source[at] === closeBrace) return at + 1
      if (source[at] !== comma) throw new JsonError('neither a comma nor the end of the object', at)
      at = skipSpace(source, at + 1)
    }
  }

  get isObject(): boolean {
    return this.#source[this.#from] === openBrace
  }

  raw(): string {
    return this.#source.toString('utf8', this.#from, this.#to)
  }

  writeTo(rows: RowWriter): void {
    for (let column = 0; column < this.#member.length; column += 1) {
      const place = this.#member[column] as number
      if (place < 0) continue
      const [from, to] = [this.#valueFrom[place] as number, this.#valueTo[place] as number]
      if (to > 0) rows.set(column, this.#source, from, to)
      else {
        const start = this.#unescape(from, -to)
        rows.set(column, this.#scratch, start, this.#used)
      }
    }
  }

  value(column: number): FieldValue | null {
    const place = this.#member[column] as number
    return place < 0 ? null : this.#valueAt(place)
  }

  members(): { name: string; kind: ValueKind; text: string }[] {
    return this.#key.slice(0, this.#count).map(({ name }, place) => {
      const { kind, source, from, to } = this.#valueAt(place)
      return { name, kind, text: source.toString('utf8', from, to) }
    })
  }

  names(): string[] {
    return this.#keys.names()
  }

  #valueAt(place: number): FieldValue {
    const [from, to] = [this.#valueFrom[place] as number, this.#valueTo[place] as number]
    const kind = kindOf(this.#source, from)
    if (to > 0) return { kind, source: this.#source, from, to }
    const start = this.#unescape(from, -to)
    return { kind, source: this.#scratch, from: start, to: this.#used }
  }

  /** Into the scratch buffer, up to `#used`. @returns where it begins */
  #unescape(from: number, to: number): number {
    if (this.#used + to - from > this.#scratch.length) {
      // The one before lives on in the values that were set from it.
      this.#scratch = Buffer.allocUnsafe(Math.max(to - from, 2 * this.#scratch.length))
      this.#used = 0
    }
    const start = this.#used
    this.#used = unescape(this.#source, from, to, this.#scratch, start)
    return start
  }
}
