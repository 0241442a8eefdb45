/** Walks a JSON body step by step to the records in it; a step is as much as is either done as a whole or not at all. */

import {
  afterColon,
  byteAt,
  closeBrace,
  closeBracket,
  comma,
  deepest,
  JsonError,
  openBrace,
  openBracket,
  quote,
  skipSpace,
  stringEnd,
  valueEnd,
} from './json-syntax.ts'
import type { RecordReader } from './record-fields.ts'
import { readString } from './unescape.ts'

export type RecordPath = readonly string[] | 'first-array' | 'body'

type WalkerOptions = {
  path: RecordPath
  reader: RecordReader
  record: () => void
  outside: ((name: string, value: string) => void) | undefined
}

/** What is open around the place at work, outside of the records. */
type Level = {
  isObject: boolean
  /** Of the member at work. */
  name: string
  /** undefined: the first element will tell. */
  hasRecords: boolean | undefined
}

/** first: a value or the end of what was just opened. value: a value. next: a comma or an end. done: nothing. */
type Due = 'first' | 'value' | 'next' | 'done'

const letterN = 0x6e
const mostNames = 20

export class RecordWalker {
  readonly #options: WalkerOptions
  readonly #levels: Level[] = []
  #due: Due = 'value'
  /** The records, or an array that may have been theirs and was empty. */
  #hasFound = false
  /** Some records; no other array can be theirs. */
  #hasMet = false
  /** Members of the outermost object, for messages. */
  readonly seen: string[] = []

  constructor(options: WalkerOptions) {
    this.#options = options
  }

  get isDone(): boolean {
    return this.#due === 'done'
  }

  get hasFound(): boolean {
    return this.#hasFound
  }

  /** @returns behind what was done; throws `cutShort` when that needs more input, JsonError for what is no JSON */
  step(buffer: Buffer, from: number): number {
    const at = skipSpace(buffer, from)
    if (this.#due === 'done') throw new JsonError('something behind its end', at)
    const level = this.#levels.at(-1)
    if (level === undefined) return this.#takeValue(buffer, at, undefined)
    const close = level.isObject ? closeBrace : closeBracket
    if (this.#due !== 'value' && buffer[at] === close) {
      // An array that is empty tells nothing: it may be theirs.
      if (level.hasRecords === undefined) this.#hasFound = true
      this.#levels.pop()
      return this.#behindValue(at + 1)
    }
    if (this.#due === 'next') {
      if (buffer[at] !== comma) throw new JsonError('neither a comma nor the end of what is open', at)
      this.#due = 'value'
      return at + 1
    }
    return level.isObject ? this.#takeMember(buffer, at, level) : this.#takeElement(buffer, at, level)
  }

  #behindValue(at: number): number {
    this.#due = this.#levels.length === 0 ? 'done' : 'next'
    return at
  }

  #takeMember(buffer: Buffer, from: number, level: Level): number {
    if (buffer[from] !== quote) throw new JsonError('a member without a name', from)
    const end = Math.abs(stringEnd(buffer, from + 1))
    level.name = readString(buffer, from + 1, end)
    if (this.#levels.length === 1 && this.seen.length < mostNames && this.seen.at(-1) !== level.name) this.seen.push(level.name)
    return this.#takeValue(buffer, afterColon(buffer, end + 1), level)
  }

  #takeElement(buffer: Buffer, from: number, level: Level): number {
    if (level.hasRecords === undefined) {
      level.hasRecords = buffer[from] === openBrace
      if (level.hasRecords) this.#hasMet = this.#hasFound = true
    }
    return this.#behindValue(level.hasRecords ? this.#takeRecord(buffer, from) : valueEnd(buffer, from, this.#levels.length))
  }

  #takeRecord(buffer: Buffer, from: number): number {
    const end = this.#options.reader.read(buffer, from)
    this.#options.record()
    return end
  }

  #takeValue(buffer: Buffer, from: number, level: Level | undefined): number {
    const first = byteAt(buffer, from)
    const isPlace = this.#isPlaceOfRecords(first)
    if (isPlace) this.#hasFound = true
    if (first === openBracket) return this.#open({ isObject: false, name: '', hasRecords: isPlace || this.#mayHaveRecords() }, from)
    if (first !== openBrace) {
      const end = valueEnd(buffer, from)
      if (level !== undefined && first !== letterN) this.#tell(buffer, from, end)
      return this.#behindValue(end)
    }
    if (isPlace) return this.#behindValue(this.#takeRecord(buffer, from))
    return this.#open({ isObject: true, name: '', hasRecords: false }, from)
  }

  #open(level: Level, from: number): number {
    if (this.#levels.length >= deepest) throw new JsonError(`more than ${deepest} levels`, from)
    this.#levels.push(level)
    this.#due = 'first'
    return from + 1
  }

  #mayHaveRecords(): false | undefined {
    return this.#options.path === 'first-array' && !this.#hasMet ? undefined : false
  }

  /** @param first byte of the value: an array, an object as the only record, or null as none of them */
  #isPlaceOfRecords(first: number): boolean {
    const { path } = this.#options
    const depth = this.#levels.length
    if (path === 'first-array') return depth === 0 && first === openBracket
    if (first !== openBracket && first !== openBrace && first !== letterN) return false
    if (path === 'body') return depth === 0
    return depth === path.length && this.#levels.every(({ isObject, name }, at) => isObject && name === path[at])
  }

  #tell(buffer: Buffer, from: number, to: number): void {
    const name = this.#levels.map((level) => level.name).join('.')
    const isString = buffer[from] === quote
    this.#options.outside?.(name, isString ? readString(buffer, from + 1, to - 1) : buffer.toString('latin1', from, to))
  }
}
