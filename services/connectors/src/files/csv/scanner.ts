/** Finds rows and cells in the bytes of a CSV file (RFC 4180 and what people write besides), without making strings of them. */

import { ByteWindow } from '../content/byte-window.ts'

const [lf, cr] = [0x0a, 0x0d]
/** What a byte means outside of quotes. */
const [endsCell, endsRow] = [1, 2]
const [atCellStart, inPlain, inQuotes, behindQuote, behindCell] = [0, 1, 2, 3, 4]
/** How a cell is written. */
const [plain, quoted, escaped] = [0, 1, 2]
/** More cells of a row are counted only. */
export const mostCells = 10_000
const longestRaw = 8_000

export type CsvMarks = {
  /** One ASCII character each. */
  delimiter: string
  quote: string
  /** A cell without quotes that reads so is NULL, as an empty one is; null: no such text. */
  nullText: string | null
}

/**
 * Takes chunks that are cut anywhere. After `feed`, `next` goes from row to row while it returns true; the row's cells stay
 * where they are until `next` is called again. Empty lines are no rows.
 */
export class CsvScanner {
  /** Cells of the row. */
  cells = 0
  /** Line of the file in which the row begins, from 1. */
  line = 1
  /** What is wrong with the row, as a sentence; null: nothing. */
  fault: string | null = null
  readonly #window = new ByteWindow()
  readonly #kinds = new Uint8Array(256)
  readonly #quotedKinds = new Uint8Array(256)
  readonly #quote: number
  readonly #nullText: Buffer | null
  #from = new Int32Array(64)
  #to = new Int32Array(64)
  #forms = new Uint8Array(64)
  #at = 0
  #state: number = atCellStart
  #rowStart = 0
  #rowEnd = 0
  #cellFrom = 0
  #cellTo = 0
  #isEscaped = false
  #nextLine = 1
  #linesToSkip: number
  #isAfterCr = false
  #isFinished = false
  #scratch = Buffer.allocUnsafeSlow(4_096)
  #scratchAt = 0

  /** @param skipLines lines in front of the first row, whatever they hold */
  constructor({ delimiter, quote, nullText }: CsvMarks, skipLines = 0) {
    this.#kinds[lf] = endsRow
    this.#kinds[cr] = endsRow
    this.#kinds[delimiter.charCodeAt(0)] = endsCell
    this.#quote = quote.charCodeAt(0)
    for (const byte of [this.#quote, lf, cr]) this.#quotedKinds[byte] = 1
    this.#nullText = nullText === null ? null : Buffer.from(nullText)
    this.#linesToSkip = skipLines
  }

  /** Only after `next` has returned false. */
  feed(chunk: Buffer): void {
    const shift = this.#rowStart
    this.#window.append(chunk, shift)
    const stored = Math.min(this.cells, mostCells)
    for (let cell = 0; cell < stored; cell += 1) {
      this.#from[cell] = (this.#from[cell] as number) - shift
      this.#to[cell] = (this.#to[cell] as number) - shift
    }
    this.#at -= shift
    this.#cellFrom -= shift
    this.#cellTo -= shift
    this.#rowStart = 0
  }

  /** Nothing follows: `next` gives the rest as a row. */
  finish(): void {
    this.#isFinished = true
  }

  /** @returns whether there is another row; false: more must be fed, or there is none */
  next(): boolean {
    if (this.#rowEnd >= 0) this.#begin()
    const { bytes, end } = this.#window
    while (this.#linesToSkip > 0) if (!this.#skipLine(bytes, end)) return false
    for (;;) {
      if (this.#isAfterCr && !this.#skipLf(bytes, end)) return false
      if (!this.#scanRow(bytes, end)) return this.#isFinished && this.#endLastRow(end)
      // An empty line is no row.
      if (this.#rowEnd > this.#rowStart) return true
      this.#begin()
    }
  }

  /** Gives a cell to a writer of rows, unless it is NULL. */
  set(rows: { set(column: number, source: Buffer, from: number, to: number): void }, column: number, cell: number): void {
    const [from, to, form] = [this.#from[cell] as number, this.#to[cell] as number, this.#forms[cell] as number]
    const { bytes } = this.#window
    if (form === escaped) {
      const end = this.#unescape(bytes, from, to)
      rows.set(column, this.#scratch, this.#scratchAt, end)
      this.#scratchAt = end
    } else if (form === quoted || (from < to && !this.#isNullText(bytes, from, to))) rows.set(column, bytes, from, to)
  }

  /** The row as it stands in the file; what is very long is cut. */
  get raw(): string {
    const { bytes } = this.#window
    const to = Math.min(this.#rowEnd, this.#rowStart + longestRaw)
    return `${bytes.toString('utf8', this.#rowStart, to)}${to < this.#rowEnd ? '…' : ''}`
  }

  #begin(): void {
    this.#rowStart = this.#at
    this.#rowEnd = -1
    this.cells = 0
    this.fault = null
    this.line = this.#nextLine
    this.#state = atCellStart
    this.#scratchAt = 0
  }

  /** @returns whether the row has ended */
  #scanRow(bytes: Buffer, end: number): boolean {
    const [kinds, quote] = [this.#kinds, this.#quote]
    let [at, state] = [this.#at, this.#state]
    while (at < end) {
      if (state === atCellStart && bytes[at] !== quote) {
        this.#cellFrom = at
        state = inPlain
      } else if (state !== inPlain && state !== behindCell) {
        at = this.#scanQuotes(bytes, at, { end, state })
        state = this.#state
        continue
      }
      while (at < end && kinds[bytes[at] as number] === 0) at += 1
      if (at === end) break
      this.#endCell(state === inPlain ? at : this.#cellTo, state)
      state = atCellStart
      const last = bytes[at] as number
      at += 1
      if (kinds[last] === endsRow) {
        this.#isAfterCr = last === cr
        this.#rowEnd = at - 1
        this.#nextLine += 1
        this.#at = at
        return true
      }
    }
    this.#at = at
    this.#state = state
    return false
  }

  /** The opening quote, what stands within, and what follows the closing one. @returns up to where it has come */
  #scanQuotes(bytes: Buffer, from: number, { end, state }: { end: number; state: number }): number {
    const byte = bytes[from] as number
    if (state === atCellStart) {
      this.#isEscaped = false
      this.#cellFrom = from + 1
      this.#state = inQuotes
      return from + 1
    }
    if (state === inQuotes) {
      const at = this.#scanQuoted(bytes, from, end)
      this.#state = at === end ? inQuotes : behindQuote
      return Math.min(end, at + 1)
    }
    if (byte === this.#quote) {
      this.#isEscaped = true
      this.#state = inQuotes
      return from + 1
    }
    this.#cellTo = from - 1
    this.#state = behindCell
    if (this.#kinds[byte] === 0) this.fault ??= 'A quoted cell must end with its closing quote.'
    return from
  }

  /** @returns where the next quote stands, or the end; lines are counted on the way */
  #scanQuoted(bytes: Buffer, from: number, end: number): number {
    const [quote, kinds] = [this.#quote, this.#quotedKinds]
    let at = from
    for (; at < end; at += 1) {
      while (at < end && kinds[bytes[at] as number] === 0) at += 1
      if (at === end || bytes[at] === quote) return at
      if (bytes[at] === cr || bytes[at - 1] !== cr) this.#nextLine += 1
    }
    return at
  }

  #endCell(to: number, state: number): void {
    const cell = this.cells
    this.cells = cell + 1
    if (cell >= this.#from.length && !this.#widen()) return
    this.#from[cell] = this.#cellFrom
    this.#to[cell] = to
    this.#forms[cell] = state === inPlain ? plain : this.#isEscaped ? escaped : quoted
  }

  #widen(): boolean {
    const size = Math.min(mostCells, this.#from.length * 2)
    if (size === this.#from.length) return false
    const [from, to, forms] = [this.#from, this.#to, this.#forms]
    this.#from = new Int32Array(size)
    this.#to = new Int32Array(size)
    this.#forms = new Uint8Array(size)
    this.#from.set(from)
    this.#to.set(to)
    this.#forms.set(forms)
    return true
  }

  /** The file ends without the end of a line, or within quotes. */
  #endLastRow(end: number): boolean {
    const state = this.#state
    if (end === this.#rowStart) return false
    if (state === inQuotes) this.fault = 'A quoted cell must be closed, and the file ends within this one.'
    if (state === atCellStart) {
      this.#cellFrom = end
      this.#endCell(end, inPlain)
    } else this.#endCell(state === inPlain || state === inQuotes ? end : state === behindQuote ? end - 1 : this.#cellTo, state)
    this.#rowEnd = end
    this.#at = end
    return true
  }

  /** @returns whether it is known what follows the CR */
  #skipLf(bytes: Buffer, end: number): boolean {
    if (this.#at === end) return false
    if (bytes[this.#at] === lf) {
      this.#at += 1
      this.#rowStart = this.#at
    }
    this.#isAfterCr = false
    return true
  }

  #skipLine(bytes: Buffer, end: number): boolean {
    if (this.#isAfterCr && !this.#skipLf(bytes, end)) return false
    while (this.#at < end && this.#kinds[bytes[this.#at] as number] !== endsRow) this.#at += 1
    const isEnded = this.#at < end
    if (isEnded) {
      this.#isAfterCr = bytes[this.#at] === cr
      this.#at += 1
      this.#nextLine += 1
      this.#linesToSkip -= 1
      this.line = this.#nextLine
    }
    this.#rowStart = this.#at
    return isEnded
  }

  #isNullText(bytes: Buffer, from: number, to: number): boolean {
    const text = this.#nullText
    return text !== null && to - from === text.length && bytes.compare(text, 0, text.length, from, to) === 0
  }

  /** Doubled quotes become one, in the scratch buffer from `#scratchAt` on. A larger one leaves the old one as it is. */
  #unescape(bytes: Buffer, from: number, to: number): number {
    if (this.#scratchAt + to - from > this.#scratch.length) {
      this.#scratch = Buffer.allocUnsafeSlow(Math.max(2 * this.#scratch.length, to - from))
      this.#scratchAt = 0
    }
    const [scratch, quote] = [this.#scratch, this.#quote]
    let target = this.#scratchAt
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] as number
      scratch[target] = byte
      target += 1
      if (byte === quote) at += 1
    }
    return target
  }
}
