/** The files of a stream, and how they are written. */

import { SyncError } from '@aiia/core/failures/failure'
import { compressionOf } from './content/decompress.ts'
import type { FileStore, StoredFile } from './file-store.ts'
import { matcherOf, prefixOf } from './path-pattern.ts'
import type { FileFormat, FileStream } from './stream-source.ts'

const formats: Readonly<Record<string, FileFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'jsonl',
  parquet: 'parquet',
  pq: 'parquet',
}

/** By the extension, in front of one such as `.gz`; null: the name tells of none. */
export const formatOfName = (path: string): FileFormat | null => {
  const plain = compressionOf(path) === null ? path : path.slice(0, path.lastIndexOf('.'))
  return formats[/\.([^./]+)$/.exec(plain.toLowerCase())?.[1] ?? ''] ?? null
}

/**
 * In the order of their paths.
 *
 * @throws SyncError INVALID_FILE where none matches: to replace everything by nothing is rarely meant
 */
export const matchingFiles = async (store: FileStore, pattern: string, where: string): Promise<StoredFile[]> => {
  const matches = matcherOf(pattern)
  const files: StoredFile[] = []
  for await (const file of store.list(prefixOf(pattern))) if (matches(file.path)) files.push(file)
  if (files.length === 0) throw new SyncError('INVALID_FILE', `No file matches ${pattern} in ${where}.`)
  return files.sort((one, other) => (one.path < other.path ? -1 : 1))
}

/** @throws SyncError INVALID_FILE where the names tell of no format, or of several */
export const formatOf = ({ format }: FileStream, files: readonly StoredFile[]): FileFormat => {
  if (format !== undefined) return format
  const [first] = files
  const found = formatOfName(first?.path ?? '')
  if (first === undefined || found === null)
    throw new SyncError(
      'INVALID_FILE',
      `The name of the file ${first?.path ?? ''} does not tell its format. Set the stream's format to csv, jsonl or parquet.`,
    )
  const other = files.find(({ path }) => formatOfName(path) !== found)
  if (other !== undefined)
    throw new SyncError(
      'INVALID_FILE',
      `The file ${other.path} is not of the same format as ${first.path}, by its name. Narrow the stream's path, or set its format.`,
    )
  return found
}
