/** What the first CSV files of a stream say of all of them: how they are written, their columns and the types of these. */

import type { SourceColumn } from '@aiia/core/sync/source'
import { TypeGuess, typeOfText } from '../column-type.ts'
import { BadFileError, toFileError } from '../content/bad-file.ts'
import { type Sample, sampleOf, textOf } from '../content/file-content.ts'
import type { StreamFiles } from '../format-reader.ts'
import type { FileStream } from '../stream-source.ts'
import { type CsvDialect, dialectOf, nameOf, namesOf, rowsOf } from './dialect.ts'

const rowsToSniff = 1_000
const filesToSniff = 10

export type SniffedCsv = { dialect: CsvDialect; columns: SourceColumn[] }

/** The first file says how they are written and which columns there are; the next ones help where it has few rows. */
export const sniffCsv = async ({ access, store, source, files }: StreamFiles): Promise<SniffedCsv> => {
  const sniffer = new CsvSniffer(source)
  for (const file of files.slice(0, filesToSniff)) {
    try {
      sniffer.see(await sampleOf(textOf({ store, signal: access.signal }, file, source, source.csv?.encoding ?? null)))
    } catch (error) {
      throw toFileError(error, file.path)
    }
    if (sniffer.rows >= rowsToSniff) break
  }
  const sniffed = sniffer.result
  if (sniffed === null) throw toFileError(new BadFileError('is empty, so that its columns are not known'), files[0]?.path ?? source.path)
  return sniffed
}

export class CsvSniffer {
  /** So far. */
  rows = 0
  readonly #source: FileStream
  readonly #guesses = new Map<string, TypeGuess>()
  #dialect: CsvDialect | null = null

  constructor(source: FileStream) {
    this.#source = source
  }

  /** @throws BadFileError for a file whose columns cannot be told */
  see(sample: Sample): void {
    const options = this.#source.csv ?? {}
    const dialect = this.#dialect ?? dialectOf(sample, options)
    const [first, ...others] = rowsOf(sample, dialect, dialect.skipLines, rowsToSniff + 1)
    if (first === undefined) {
      // Without a header, a file without rows is one as well.
      if (options.header === false && sample.isWhole) return
      throw new BadFileError(sample.isWhole ? 'has no header' : 'has no complete row in its first megabyte')
    }
    const names = dialect.hasHeader ? namesOf(first) : first.map((_, at) => this.#source.columns?.[at]?.name ?? nameOf(at))
    if (this.#dialect === null) for (const name of names) this.#guesses.set(name, new TypeGuess())
    this.#dialect = dialect
    for (const row of dialect.hasHeader ? others : [first, ...others]) {
      this.rows += 1
      for (const [at, cell] of row.entries()) if (cell !== null) this.#guesses.get(names[at] ?? '')?.see(typeOfText(cell))
    }
  }

  /** null: no file had rows. */
  get result(): SniffedCsv | null {
    if (this.#dialect === null) return null
    const columns = [...this.#guesses].map(([name, { type }]): SourceColumn => ({ name, sourceType: 'text', type, nullable: true }))
    return { dialect: this.#dialect, columns }
  }
}
