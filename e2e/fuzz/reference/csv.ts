/** CSV as naively as can be, to compare with: the bytes as latin1 text, character by character. */

import { BadFileError } from '@aiia/connectors/files/content/bad-file'
import { type CsvDialect, namesOf } from '@aiia/connectors/files/csv/dialect'

type Cell = { text: string; isQuoted: boolean }
type Row = { cells: Cell[]; isBad: boolean }

export type CsvTable = { /** null: the file has none that can be read. */ names: string[] | null; good: (Buffer | null)[][]; bad: number }

const isEnd = (character: string | undefined): boolean => character === '\n' || character === '\r'

const lineEnd = (text: string, at: number): number => (text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1)

const rowsOf = (text: string, { delimiter, quote, skipLines }: CsvDialect): Row[] => {
  let at = 0
  for (let skipped = 0; skipped < skipLines && at < text.length; skipped += 1) {
    while (at < text.length && !isEnd(text[at])) at += 1
    at = lineEnd(text, at)
  }
  const rows: Row[] = []
  while (at < text.length) {
    if (isEnd(text[at])) {
      at = lineEnd(text, at)
      continue
    }
    const row: Row = { cells: [], isBad: false }
    for (;;) {
      const cell: Cell = { text: '', isQuoted: text[at] === quote }
      if (cell.isQuoted) {
        at += 1
        while (at < text.length && (text[at] !== quote || text[at + 1] === quote)) {
          cell.text += text[at]
          at += text[at] === quote ? 2 : 1
        }
        row.isBad ||= at >= text.length
        at += 1
        row.isBad ||= at < text.length && text[at] !== delimiter && !isEnd(text[at])
        while (at < text.length && text[at] !== delimiter && !isEnd(text[at])) at += 1
      } else {
        for (; at < text.length && text[at] !== delimiter && !isEnd(text[at]); at += 1) cell.text += text[at]
      }
      row.cells.push(cell)
      if (at >= text.length || text[at] !== delimiter) break
      at += 1
    }
    at = lineEnd(text, at)
    rows.push(row)
  }
  return rows
}

/** All columns as text; `own` of the stream where the file names none. */
export const readCsvNaively = (bytes: Buffer, dialect: CsvDialect, own: number): CsvTable => {
  const rows = rowsOf(bytes.toString('latin1'), dialect)
  const value = ({ text, isQuoted }: Cell): Buffer | null =>
    !isQuoted && (text === '' || text === dialect.nullText) ? null : Buffer.from(text, 'latin1')
  const header = dialect.hasHeader ? rows.shift() : undefined
  const names = dialect.hasHeader ? nameList(header, (cell) => value(cell)?.toString() ?? null) : []
  const width = names?.length ?? 0
  const table: CsvTable = { names, good: [], bad: 0 }
  const wanted = dialect.hasHeader ? width : own
  for (const { cells, isBad } of rows) {
    const fits = cells.length === wanted || (dialect.ragged === 'PAD' && cells.length < wanted)
    if (isBad || !fits) table.bad += 1
    else table.good.push(Array.from({ length: wanted }, (_, at) => (cells[at] === undefined ? null : value(cells[at]))))
  }
  return table
}

const nameList = (header: Row | undefined, nameOf: (cell: Cell) => string | null): string[] | null => {
  if (header === undefined || header.isBad) return null
  try {
    return namesOf(header.cells.map(nameOf))
  } catch (error) {
    if (error instanceof BadFileError) return null
    throw error
  }
}
