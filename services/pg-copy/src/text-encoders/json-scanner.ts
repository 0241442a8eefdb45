/**
 * Reads JSON byte by byte as the server will, without a value made of it. JSON.parse would make one, and takes texts that
 * jsonb does not.
 */

import { BadValueError } from '../bad-value.ts'
import { colon, isLetter, minus, nine, plus, point, space, zero } from './ascii.ts'
import { fitsNumeric, mostScale, readDecimal } from './decimal.ts'

/** The server reads by recursion, and refuses what is nested deeper than its stack allows: some thousands. */
const mostLevels = 1_000

const [quote, comma, backslash, openObject, closeObject, openArray] = [0x22, 0x2c, 0x5c, 0x7b, 0x7d, 0x5b]
const words: Readonly<Record<number, string>> = { 0x74: 'true', 0x66: 'false', 0x6e: 'null' }
const escapes = new Set(Buffer.from('"\\/bfnrt'))

export class JsonScanner {
  readonly #forJsonb: boolean
  /** The byte that ends each of the arrays and objects at work. */
  readonly #closers = new Uint8Array(mostLevels)
  #source: Buffer = Buffer.alloc(0)
  #at = 0
  #to = 0
  #values = 0

  constructor(forJsonb: boolean) {
    this.#forJsonb = forJsonb
  }

  /** @returns how many values it has, keys included @throws BadValueError when the server would refuse it */
  scan(source: Buffer, from: number, to: number): number {
    this.#source = source
    this.#at = from
    this.#to = to
    this.#values = 0
    let depth = 0
    this.#skipSpace()
    do {
      const first = this.#next()
      this.#values += 1
      if (first === openObject || first === openArray) {
        if (depth === mostLevels) throw new BadValueError('is nested more than 1,000 levels deep')
        // In ASCII each closing bracket is two behind its opening one.
        this.#closers[depth] = first + 2
        depth += 1
        if (!this.#isEmpty(first)) continue
      } else this.#scalar(first)
      depth = this.#closeAfterValue(depth)
    } while (depth > 0)
    if (this.#at !== to) throw notJson()
    return this.#values
  }

  /** @returns whether it ends at once; otherwise the place is where its first value begins */
  #isEmpty(opened: number): boolean {
    this.#skipSpace()
    if (this.#source[this.#at] === opened + 2 && this.#at < this.#to) return true
    if (opened === openObject) this.#key()
    return false
  }

  /** Behind a value: goes up to the next one. @returns how deep that is; 0: there is none */
  #closeAfterValue(depth: number): number {
    for (let level = depth; ; level -= 1) {
      this.#skipSpace()
      if (level === 0) return 0
      const closer = this.#closers[level - 1]
      const follows = this.#next()
      if (follows === closer) continue
      if (follows !== comma) throw notJson()
      this.#skipSpace()
      if (closer === closeObject) this.#key()
      return level
    }
  }

  #next(): number {
    if (this.#at >= this.#to) throw notJson()
    const byte = this.#source[this.#at] as number
    this.#at += 1
    return byte
  }

  #skipSpace(): void {
    for (; this.#at < this.#to; this.#at += 1) {
      const byte = this.#source[this.#at]
      if (byte !== space && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return
    }
  }

  #key(): void {
    if (this.#next() !== quote) throw notJson()
    this.#values += 1
    this.#string()
    this.#skipSpace()
    if (this.#next() !== colon) throw notJson()
    this.#skipSpace()
  }

  #scalar(first: number): void {
    if (first === quote) this.#string()
    else if (first === minus || (first >= zero && first <= nine)) this.#number(first)
    else this.#word(words[first] ?? '')
  }

  #word(word: string): void {
    if (word === '') throw notJson()
    for (let letter = 1; letter < word.length; letter += 1) if (this.#next() !== word.charCodeAt(letter)) throw notJson()
  }

  #string(): void {
    for (;;) {
      const byte = this.#next()
      if (byte === quote) return
      if (byte < space) throw notJson()
      if (byte === backslash) this.#escape()
    }
  }

  #escape(): void {
    const escaped = this.#next()
    if (escapes.has(escaped)) return
    if (escaped !== 0x75) throw notJson()
    const unit = this.#codeUnit()
    if (!this.#forJsonb) return
    if (unit === 0) throw new BadValueError('holds the character U+0000, which jsonb cannot')
    if (unit < 0xd800 || unit > 0xdfff) return
    const paired = unit < 0xdc00 && this.#next() === backslash && this.#next() === 0x75
    const low = paired ? this.#codeUnit() : 0
    if (low < 0xdc00 || low > 0xdfff) throw new BadValueError('holds half of a pair of surrogates, which jsonb cannot')
  }

  #codeUnit(): number {
    let unit = 0
    for (let digit = 0; digit < 4; digit += 1) {
      const value = Number.parseInt(String.fromCharCode(this.#next()), 16)
      if (Number.isNaN(value)) throw notJson()
      unit = unit * 16 + value
    }
    return unit
  }

  #number(first: number): void {
    const start = this.#at - 1
    const whole = first === minus ? this.#next() : first
    if (whole < zero || whole > nine) throw notJson()
    if (whole !== zero) this.#digits(0)
    if (this.#take(point)) this.#digits(1)
    const exponent = this.#at < this.#to && isLetter(this.#source[this.#at], 0x65)
    if (exponent) {
      this.#at += 1
      if (!this.#take(plus)) this.#take(minus)
      this.#digits(1)
    }
    if (this.#forJsonb && (exponent || this.#at - start > mostScale)) this.#checkNumeric(start)
  }

  /** jsonb keeps numbers as numeric. */
  #checkNumeric(start: number): void {
    const decimal = readDecimal(this.#source, start, this.#at)
    if (decimal !== null && !fitsNumeric(decimal)) throw new BadValueError('holds a number that does not fit numeric')
  }

  #digits(least: number): void {
    const start = this.#at
    for (; this.#at < this.#to; this.#at += 1) {
      const byte = this.#source[this.#at] as number
      if (byte < zero || byte > nine) break
    }
    if (this.#at - start < least) throw notJson()
  }

  #take(wanted: number): boolean {
    if (this.#at >= this.#to || this.#source[this.#at] !== wanted) return false
    this.#at += 1
    return true
  }
}

const notJson = (): BadValueError => new BadValueError('is not JSON')
