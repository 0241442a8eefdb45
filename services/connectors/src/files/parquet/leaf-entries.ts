/** The values of one leaf of a nested column, with the levels that tell where in its row each belongs. */

import { PageReader, type PageSource } from './page-reader.ts'
import type { Leaf } from './schema.ts'
import { TextBuffer } from './text-buffer.ts'
import { textsFor } from './values.ts'

/** Entries from `at` up to `#end` are at hand. One without a value tells that something above it is absent or empty. */
export class LeafEntries {
  readonly leaf: Leaf
  readonly text = new TextBuffer()
  at = 0
  repetitions = new Int32Array(0)
  definitions = new Int32Array(0)
  from = new Int32Array(0)
  to = new Int32Array(0)
  readonly #pages: PageReader
  #end = 0
  /** Rows that begin at `at` or behind it. */
  #begun = 0

  constructor(source: PageSource) {
    this.leaf = source.leaf
    this.#pages = new PageReader(source)
  }

  /** @returns how many whole rows are at hand: at least one, or there are no more */
  async fill(): Promise<number> {
    for (;;) {
      if (this.#pages.isEnded) return this.#begun
      // The last row may go on in the next page.
      if (this.#begun > 1) return this.#begun - 1
      await this.#readPage()
    }
  }

  /** `at` is behind so many rows more. */
  took(rows: number): void {
    this.#begun -= rows
  }

  /** The entry at `at` belongs to the row before it. */
  get goesOn(): boolean {
    return this.at < this.#end && this.repetitions[this.at] !== 0
  }

  get isEmpty(): boolean {
    return this.at >= this.#end
  }

  async #readPage(): Promise<void> {
    const page = await this.#pages.next()
    if (page === null) return
    const start = this.#keep(page.count)
    const definitions = new Int32Array(page.count).fill(this.leaf.definition)
    page.definitions?.read(definitions, page.count)
    if (page.repetitions !== null) {
      const repetitions = new Int32Array(page.count)
      page.repetitions.read(repetitions, page.count)
      this.repetitions.set(repetitions, start)
    } else this.repetitions.fill(0, start, start + page.count)
    this.definitions.set(definitions, start)
    const present = definitions.reduce((sum, level) => (level === this.leaf.definition ? sum + 1 : sum), 0)
    const values = textsFor(present)
    page.values.read(present, values)
    let value = 0
    for (let entry = 0; entry < page.count; entry += 1) {
      if (this.repetitions[start + entry] === 0) this.#begun += 1
      if (definitions[entry] !== this.leaf.definition) continue
      this.from[start + entry] = this.text.at
      this.text.copy(values.source, values.from[value] as number, values.to[value] as number)
      this.to[start + entry] = this.text.at
      value += 1
    }
    this.#end = start + page.count
  }

  /** Moves what was not taken to the front, and makes room. @returns where the new entries begin */
  #keep(count: number): number {
    const kept = this.#end - this.at
    const [at, end] = [this.at, this.#end]
    const moved = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const entries = new Int32Array(kept + count)
      entries.set(old.subarray(at, end))
      return entries
    }
    this.repetitions = moved(this.repetitions)
    this.definitions = moved(this.definitions)
    this.from = moved(this.from)
    this.to = moved(this.to)
    this.#keepText(kept)
    this.at = 0
    this.#end = kept
    return kept
  }

  /** The texts of what was kept stand behind all others. */
  #keepText(kept: number): void {
    const { text, from, to, definitions, leaf } = this
    let first = 0
    while (first < kept && definitions[first] !== leaf.definition) first += 1
    const shift = first < kept ? (from[first] as number) : text.at
    text.bytes.copyWithin(0, shift, text.at)
    text.at -= shift
    for (let entry = 0; entry < kept; entry += 1) {
      from[entry] = (from[entry] as number) - shift
      to[entry] = (to[entry] as number) - shift
    }
  }
}
