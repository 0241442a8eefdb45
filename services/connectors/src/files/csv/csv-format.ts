/** Streams of CSV files. */

import type { CopyChunk, RowWriter } from '@aiia/core/sync/source'
import { BadFileError } from '../content/bad-file.ts'
import { textOf } from '../content/file-content.ts'
import { type FormatReader, placesOf, type StreamFiles, withSetTypes } from '../format-reader.ts'
import { type CsvDialect, cellsOf, namesOf } from './dialect.ts'
import { CsvScanner, mostCells } from './scanner.ts'
import { sniffCsv } from './sniff.ts'

export const openCsv = async (stream: StreamFiles): Promise<FormatReader> => {
  const { dialect, columns } = await sniffCsv(stream)
  const names = columns.map(({ name }) => name)
  const tellExtra = extraColumnsTeller(stream, names)
  const { access, store, source } = stream
  return {
    columns: withSetTypes(columns, stream),
    expectedRows: null,
    read: (file, { columns: wanted, rows }) => {
      const text = textOf({ store, signal: access.signal }, file, source, source.csv?.encoding ?? null)
      const cellsFor = (own: readonly string[]): number[] => {
        tellExtra(file.path, own)
        return placesOf(wanted, own, file.path)
      }
      return readCsv(text, { dialect, names, path: file.path, cellsFor, rows })
    },
  }
}

/** Tells once of what is in a later file and not in the first. */
const extraColumnsTeller = ({ access, name }: StreamFiles, names: readonly string[]): ((path: string, own: readonly string[]) => void) => {
  let isTold = false
  return (path, own) => {
    const extra = own.filter((column) => !names.includes(column))
    if (isTold || extra.length === 0) return
    isTold = true
    const list = extra.map((column) => `"${column}"`).join(', ')
    access.log('WARN', `Stream "${name}": the file ${path} has columns that the first file does not have, and they are left out: ${list}.`)
  }
}

export type CsvReading = {
  dialect: CsvDialect
  /** Of the columns, where the file has no header itself. */
  names: readonly string[]
  /** As people know the file. */
  path: string
  /** Given the file's own names: for each column that is wanted the place of its cell. */
  cellsFor(names: readonly string[]): readonly number[]
  rows: RowWriter
}

/** One file. */
export async function* readCsv(
  text: AsyncIterable<Buffer>,
  { dialect, names, path, cellsFor, rows }: CsvReading,
): AsyncGenerator<CopyChunk, void, void> {
  const scanner = new CsvScanner(dialect, dialect.skipLines)
  rows.placeOf = () => `${path}, line ${scanner.line}`
  let width = names.length
  let cells = dialect.hasHeader ? null : cellsFor(names)
  const pads = dialect.ragged === 'PAD'
  /** @returns whether the rows are to be handed on before the next ones are read */
  const take = (): boolean => {
    while (scanner.next()) {
      if (cells === null) {
        const own = headerOf(scanner)
        width = own.length
        cells = cellsFor(own)
        continue
      }
      if (scanner.fault !== null) rows.reject(scanner.raw, scanner.fault)
      else if (scanner.cells === width || (pads && scanner.cells < width)) {
        for (let at = 0; at < cells.length; at += 1) {
          const cell = cells[at] as number
          if (cell < scanner.cells) scanner.set(rows, at, cell)
        }
        rows.push()
      } else rows.reject(scanner.raw, `The row must have ${width} cells, and has ${scanner.cells}.`)
      if (rows.isFull) return true
    }
    return false
  }
  for await (const chunk of text) {
    scanner.feed(chunk)
    while (take()) yield rows.take()
  }
  scanner.finish()
  while (take()) yield rows.take()
  if (cells === null) throw new BadFileError('is empty: it has no header')
}

const headerOf = (scanner: CsvScanner): string[] => {
  if (scanner.fault !== null) throw new BadFileError(`has no readable header: ${scanner.fault}`)
  if (scanner.cells > mostCells) throw new BadFileError(`has more than ${mostCells} columns`)
  return namesOf(cellsOf(scanner))
}
