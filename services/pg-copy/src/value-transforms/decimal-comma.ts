/** Numbers with a decimal comma, such as `1.234,56` or SAP's `1.234,56-`, written as `1234.56` and `-1234.56`. */

import { BadValueError } from '../bad-value.ts'
import { isLetter, minus, nine, plus, point, space, zero } from '../text-encoders/ascii.ts'
import { replace, Scratch, type Step, type Text } from './text.ts'

export const decimalComma = (): Step => {
  const reader = new DecimalCommaReader()
  return (text) => reader.rewrite(text)
}

const [comma, apostrophe, letterE] = [0x2c, 0x27, 0x65]

class DecimalCommaReader {
  readonly #scratch = new Scratch()
  #source: Buffer = Buffer.alloc(0)
  #at = 0
  #to = 0
  #buffer: Buffer = Buffer.alloc(0)
  #size = 0

  rewrite(text: Text): true {
    this.#source = text.source
    this.#at = text.from
    this.#to = text.to
    this.#buffer = this.#scratch.take(text.to - text.from)
    this.#size = 0
    this.#sign()
    const start = this.#size
    this.#groups()
    const hasPart = this.#take(comma)
    if (hasPart) this.#put(point)
    if (hasPart) this.#digits()
    if (this.#size - start === (hasPart ? 1 : 0)) throw refusal()
    this.#exponent()
    if (this.#at !== this.#to) throw refusal()
    return replace(text, this.#buffer, this.#size)
  }

  /** In front or behind. */
  #sign(): void {
    if (this.#take(plus)) return
    const isInFront = this.#take(minus)
    const last = this.#at < this.#to ? this.#source[this.#to - 1] : undefined
    const isBehind = !isInFront && (last === minus || last === plus)
    if (isBehind) this.#to -= 1
    if (isInFront || (isBehind && last === minus)) this.#put(minus)
  }

  /** Digits, all of them together or in threes: `1.5` is no such number, and must not become 15. */
  #groups(): void {
    let digits = this.#digits()
    for (let isFirst = true; ; isFirst = false) {
      const separator = this.#separator()
      if (separator === 0) return
      if (digits === 0 || (isFirst && digits > 3)) throw refusal()
      this.#at += separator
      digits = this.#digits()
      if (digits !== 3) throw refusal()
    }
  }

  /** @returns how many bytes the separator of thousands takes that stands here; 0: there is none */
  #separator(): number {
    if (this.#at >= this.#to) return 0
    const byte = this.#source[this.#at]
    if (byte === point || byte === apostrophe || byte === space) return 1
    // No-break space, the right single quotation mark of Switzerland, and the narrow no-break space.
    if (this.#follows(0xc2, 0xa0)) return 2
    return this.#follows(0xe2, 0x80, 0x99) || this.#follows(0xe2, 0x80, 0xaf) ? 3 : 0
  }

  #follows(...bytes: number[]): boolean {
    return this.#at + bytes.length <= this.#to && bytes.every((byte, offset) => this.#source[this.#at + offset] === byte)
  }

  #exponent(): void {
    if (this.#at >= this.#to || !isLetter(this.#source[this.#at], letterE)) return
    this.#at += 1
    this.#put(letterE)
    if (!this.#take(plus) && this.#take(minus)) this.#put(minus)
    if (this.#digits() === 0) throw refusal()
  }

  /** @returns how many there are */
  #digits(): number {
    const start = this.#at
    for (; this.#at < this.#to; this.#at += 1) {
      const byte = this.#source[this.#at] as number
      if (byte < zero || byte > nine) break
      this.#put(byte)
    }
    return this.#at - start
  }

  #take(wanted: number): boolean {
    if (this.#at >= this.#to || this.#source[this.#at] !== wanted) return false
    this.#at += 1
    return true
  }

  #put(byte: number): void {
    this.#buffer[this.#size] = byte
    this.#size += 1
  }
}

const refusal = (): BadValueError => new BadValueError('is not a number written as 1.234,56')
