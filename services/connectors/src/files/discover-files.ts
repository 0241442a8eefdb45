/** Finds files that could become streams: those whose names differ only in numbers are one. */

import { SyncError } from '@aiia/core/failures/failure'
import type { DiscoveredStream, SourceAccess } from '@aiia/core/sync/source'
import type { FileStore } from './file-store.ts'
import { formatOfName } from './matching-files.ts'
import { openStream } from './open-stream.ts'
import { literal } from './path-pattern.ts'
import type { FileStream } from './stream-source.ts'

/** A store may have millions of files. */
const mostFiles = 100_000
const mostStreams = 200

/**
 * Files that could become streams. The caller closes the store.
 *
 * @param streamDefaults what each stream's `source` is given beside its path
 */
export const discoverFiles = async (
  access: SourceAccess,
  store: FileStore,
  streamDefaults: Omit<FileStream, 'path'> = {},
): Promise<DiscoveredStream[]> => {
  const streams: DiscoveredStream[] = []
  for (const path of await patternsIn(store)) {
    const source: FileStream = { ...streamDefaults, path }
    try {
      const { columns, expectedRows, files } = await openStream(access, store, { name: path, source, where: 'the store' })
      // Named with their types, the columns do not change with what the first rows of the day happen to hold.
      const set = formatOfName(files[0]?.path ?? '') === 'parquet' ? {} : { columns: columns.map(({ name, type }) => ({ name, type })) }
      streams.push({ name: nameOf(path), source: { ...source, ...set }, columns, primaryKey: [], expectedRows })
    } catch (error) {
      access.signal.throwIfAborted()
      // One file that cannot be read does not hide the others.
      if (!(error instanceof SyncError) || (error.code !== 'INVALID_FILE' && error.code !== 'PERMISSION_DENIED')) throw error
      access.log('WARN', `${error.message} It is not offered as a stream.`)
    }
  }
  return streams
}

/** Dates and numbers in a file's own name. */
const numbers = /\d+([-_.T]?\d+)*/g

/** @returns a path for a file that is alone of its kind, and a pattern for several */
const patternsIn = async (store: FileStore): Promise<string[]> => {
  const groups = new Map<string, { first: string; count: number }>()
  let files = 0
  for await (const { path } of store.list('')) {
    files += 1
    if (files > mostFiles) break
    if (formatOfName(path) === null) continue
    const folderEnd = path.lastIndexOf('/') + 1
    const pattern = literal(path.slice(0, folderEnd)) + literal(path.slice(folderEnd)).replace(numbers, '*')
    const group = groups.get(pattern)
    if (group !== undefined) group.count += 1
    else if (groups.size < mostStreams) groups.set(pattern, { first: path, count: 1 })
  }
  return [...groups].map(([pattern, { first, count }]) => (count === 1 ? literal(first) : pattern))
}

/** `in/orders-*.csv.gz` is `in_orders`. */
const nameOf = (path: string): string =>
  path
    .replace(/(\.[a-z\d]+){1,2}$/i, '')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')
    .toLowerCase() || 'files'
