/** What the formats have in common: a look at the first files of a stream, then one file after another. */

import { SyncError } from '@aiia/core/failures/failure'
import { canonicalType } from '@aiia/core/sync/field-types'
import type { CopyChunk, RequestedColumn, RowWriter, SourceAccess, SourceColumn } from '@aiia/core/sync/source'
import type { FileStore, StoredFile } from './file-store.ts'
import type { FileStream } from './stream-source.ts'

/** What is wanted of each file. */
export type FileRequest = { columns: readonly RequestedColumn[]; rows: RowWriter }

/** The files of one stream, as they were found. */
export type StreamFiles = {
  access: SourceAccess
  store: FileStore
  /** The stream's name, for lines of the log. */
  name: string
  source: FileStream
  files: readonly StoredFile[]
}

export type FormatReader = {
  columns: SourceColumn[]
  expectedRows: number | null
  /** The rows of one file; what is left of them stays in `request.rows`. */
  read(file: StoredFile, request: FileRequest): AsyncGenerator<CopyChunk, void, void>
  /** All files were read: tells what is worth telling of them together. */
  finish?(): void
}

/**
 * With the types that the stream sets itself.
 *
 * @throws SyncError COLUMN_MISSING for one that the files do not have
 */
export const withSetTypes = (columns: SourceColumn[], { files, source }: StreamFiles): SourceColumn[] => {
  const types = new Map(source.columns?.map(({ name, type }) => [name, canonicalType(type) ?? type]))
  const missing = [...types.keys()].filter((name) => !columns.some((column) => column.name === name))
  if (missing.length > 0)
    throw missingColumns(
      files[0]?.path ?? source.path,
      missing,
      columns.map(({ name }) => name),
    )
  return columns.map((column) => ({ ...column, type: types.get(column.name) ?? column.type }))
}

/**
 * Where the columns that are wanted stand in a file: later ones may have them in another order.
 *
 * @throws SyncError COLUMN_MISSING
 */
export const placesOf = (wanted: readonly { name: string }[], names: readonly string[], path: string): number[] => {
  const missing = wanted.map(({ name }) => name).filter((name) => !names.includes(name))
  if (missing.length > 0) throw missingColumns(path, missing, names)
  return wanted.map(({ name }) => names.indexOf(name))
}

/** @param names what it has */
const missingColumns = (path: string, missing: readonly string[], names: readonly string[]): SyncError =>
  new SyncError('COLUMN_MISSING', `The file ${path} has no column ${listed(missing)}. It has ${listed(names)}.`)

const mostListed = 50

const listed = (names: readonly string[]): string =>
  `${names
    .slice(0, mostListed)
    .map((name) => `"${name}"`)
    .join(', ')}${names.length > mostListed ? ` and ${names.length - mostListed} others` : ''}`
