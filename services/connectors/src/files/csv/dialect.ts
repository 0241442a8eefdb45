/** Finds out how a CSV file is written, from its beginning: what stands between cells, and whether the first row names them. */

import { typeOfText } from '../column-type.ts'
import { BadFileError } from '../content/bad-file.ts'
import type { Sample } from '../content/file-content.ts'
import type { CsvOptions } from '../stream-source.ts'
import { type CsvMarks, CsvScanner, mostCells } from './scanner.ts'

/** How all files of a stream are written. */
export type CsvDialect = CsvMarks & { hasHeader: boolean; skipLines: number; ragged: 'REJECT' | 'PAD' }

/** Where two of them divide the rows equally well, the one that is rarer in text. */
const delimiters = ['\t', '|', ';', ',']
const rowsToCompare = 100

type Cells = (string | null)[]

/** The cells of rows as strings; null: NULL, and a row that cannot be read is left out. */
export const rowsOf = (sample: Sample, marks: CsvMarks, skipLines: number, most: number): Cells[] =>
  scannedRows(sample, marks, skipLines, most).filter((row) => row !== null)

/** As `rowsOf`, with null for each row that cannot be read. */
const scannedRows = ({ bytes, isWhole }: Sample, marks: CsvMarks, skipLines: number, most: number): (Cells | null)[] => {
  const scanner = new CsvScanner(marks, skipLines)
  const rows: (Cells | null)[] = []
  scanner.feed(bytes)
  const take = (): void => {
    while (rows.length < most && scanner.next()) rows.push(scanner.fault === null ? cellsOf(scanner) : null)
  }
  take()
  if (isWhole) {
    scanner.finish()
    take()
  }
  return rows
}

/** Of the row that the scanner stands at. */
export const cellsOf = (scanner: CsvScanner): Cells => {
  const cells: Cells = Array.from({ length: Math.min(scanner.cells, mostCells) }, () => null)
  const taker = {
    set: (column: number, source: Buffer, from: number, to: number): void => {
      cells[column] = source.toString('utf8', from, to)
    },
  }
  for (let cell = 0; cell < cells.length; cell += 1) scanner.set(taker, cell, cell)
  return cells
}

export const dialectOf = (sample: Sample, options: CsvOptions): CsvDialect => {
  const { quote = '"', nullText = null, skipLines = 0, ragged = 'REJECT' } = options
  const scan = (delimiter: string): (Cells | null)[] => scannedRows(sample, { delimiter, quote, nullText }, skipLines, rowsToCompare)
  const delimiter = options.delimiter ?? bestOf(delimiters, (candidate) => evenness(scan(candidate))) ?? ','
  const hasHeader = options.header ?? looksLikeHeader(scan(delimiter)[0] ?? [])
  return { delimiter, quote, nullText, skipLines, ragged, hasHeader }
}

/** @returns the first of the highest score, or undefined where none scores */
const bestOf = (candidates: readonly string[], score: (candidate: string) => number): string | undefined =>
  candidates
    .map((candidate) => ({ candidate, points: score(candidate) }))
    .reduce((best, next) => (next.points > best.points ? next : best), {
      candidate: undefined as string | undefined,
      points: 0,
    }).candidate

/** The share of rows that have as many cells as the first; nothing where that is a single one, or cannot be read. */
const evenness = (rows: readonly (Cells | null)[]): number => {
  const width = rows[0]?.length ?? 0
  return width < 2 ? 0 : rows.filter((row) => row?.length === width).length / rows.length
}

/** Names are texts, each another. */
const looksLikeHeader = (cells: readonly (string | null)[]): boolean => {
  const names = cells.filter((cell) => cell !== null)
  return names.length > 0 && names.every((name) => typeOfText(name) === 'text') && new Set(names).size === names.length
}

/**
 * @param header the first row
 * @throws BadFileError where a name comes twice
 */
export const namesOf = (header: readonly (string | null)[]): string[] => {
  const names = header.map((cell, at) => cell?.trim() || nameOf(at))
  const repeated = names.find((name, at) => names.indexOf(name) < at)
  if (repeated !== undefined) throw new BadFileError(`has the column "${repeated}" twice in its header`)
  return names
}

/** Of a column that has none. */
export const nameOf = (place: number): string => `column_${place + 1}`
