/** A column of one row group, as texts of its rows. */

import { BadFileError } from '../content/bad-file.ts'
import { PageReader, type PageSource } from './page-reader.ts'
import { type Texts, textsFor } from './values.ts'

/** Rows that are at hand: those from `at` up to `count`. */
export type ParquetColumn = {
  /** Where each stands; behind a row that is NULL, `to` is negative. */
  readonly texts: Texts
  at: number
  count: number
  /** Brings the next rows, when all were taken. */
  fill(): Promise<void>
}

const mostRows = 4_096

/** One with at most one value a row. */
export class FlatColumn implements ParquetColumn {
  readonly texts = textsFor(mostRows)
  at = 0
  count = 0
  readonly #pages: PageReader
  readonly #definition: number
  readonly #levels = new Int32Array(mostRows)
  #page: Awaited<ReturnType<PageReader['next']>> = null
  #left = 0

  constructor(source: PageSource) {
    this.#pages = new PageReader(source)
    this.#definition = source.leaf.definition
  }

  async fill(): Promise<void> {
    if (this.#left === 0) {
      this.#page = await this.#pages.next()
      this.#left = this.#page?.count ?? 0
    }
    if (this.#page === null) throw new BadFileError('is damaged: a column ends before the others')
    const { definitions, values } = this.#page
    const count = Math.min(mostRows, this.#left)
    if (definitions === null) values.read(count, this.texts)
    else {
      definitions.read(this.#levels, count)
      values.read(this.#present(count), this.texts)
      this.#spread(count)
    }
    this.#left -= count
    this.at = 0
    this.count = count
  }

  #present(count: number): number {
    let present = 0
    for (let row = 0; row < count; row += 1) if (this.#levels[row] === this.#definition) present += 1
    return present
  }

  /** Values stand at the front: each moves to its row, the last one first. */
  #spread(count: number): void {
    const [{ from, to }, levels, definition] = [this.texts, this.#levels, this.#definition]
    let value = this.#present(count) - 1
    for (let row = count - 1; row >= 0; row -= 1) {
      if (levels[row] !== definition) to[row] = -1
      else {
        from[row] = from[value] as number
        to[row] = to[value] as number
        value -= 1
      }
    }
  }
}
