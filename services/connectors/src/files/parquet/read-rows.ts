/** The rows of one Parquet file: its columns are read page by page, side by side. */

import type { CopyChunk, RowWriter } from '@aiia/core/sync/source'
import { BadFileError } from '../content/bad-file.ts'
import { FlatColumn, type ParquetColumn } from './column.ts'
import type { ParquetMetadata, RowGroup } from './metadata.ts'
import { NestedColumn } from './nested-column.ts'
import type { PageSource } from './page-reader.ts'
import type { RandomAccess } from './random-access.ts'
import { isFlat, type Leaf, type SchemaNode } from './schema.ts'

/** What is read of all columns at once, about: few requests, and little memory. */
const windowBytes = 16_777_216
const [leastRead, mostRead] = [65_536, 4_194_304]

export type ParquetReading = {
  metadata: ParquetMetadata
  /** Of the columns that are wanted, in their order. */
  nodes: readonly SchemaNode[]
  /** As people know the file. */
  path: string
  rows: RowWriter
}

export async function* readParquet(
  file: RandomAccess,
  { metadata, nodes, path, rows }: ParquetReading,
): AsyncGenerator<CopyChunk, void, void> {
  let row = 0
  rows.placeOf = () => `${path}, row ${row}`
  for (const group of metadata.rowGroups) {
    const columns = nodes.map((node) => openColumn(node, group, { file, count: nodes.length }))
    for (let left = group.rows; left > 0; ) {
      await fillAll(columns)
      const count = columns.reduce((least, column) => Math.min(least, column.count - column.at), left)
      for (let done = 0; done < count; done += 1) {
        row += 1
        for (let at = 0; at < columns.length; at += 1) take(columns[at] as ParquetColumn, at, rows)
        rows.push()
        if (rows.isFull) yield rows.take()
      }
      left -= count
    }
  }
}

const take = (column: ParquetColumn, at: number, rows: RowWriter): void => {
  const { texts, at: row } = column
  const to = texts.to[row] as number
  if (to >= 0) rows.set(at, texts.source, texts.from[row] as number, to)
  column.at = row + 1
}

const fillAll = async (columns: readonly ParquetColumn[]): Promise<void> => {
  try {
    await Promise.all(columns.filter(({ at, count }) => at === count).map((column) => column.fill()))
  } catch (error) {
    // A number of the file leads out of its bytes.
    throw error instanceof RangeError ? new BadFileError(`is damaged: ${error.message}`, { cause: error }) : error
  }
}

const openColumn = (node: SchemaNode, group: RowGroup, { file, count }: { file: RandomAccess; count: number }): ParquetColumn => {
  const readBytes = Math.max(leastRead, Math.min(mostRead, Math.floor(windowBytes / count)))
  const sourceOf = (leaf: Leaf): PageSource => {
    const chunk = group.columns.find(({ path }) => path === leaf.path)
    if (chunk === undefined) throw new BadFileError(`is damaged: a group of rows lacks the column ${leaf.path.replaceAll('\0', '.')}`)
    return { file, chunk, leaf, readBytes }
  }
  return isFlat(node) && node.leaf !== null ? new FlatColumn(sourceOf(node.leaf)) : new NestedColumn(node, sourceOf)
}
