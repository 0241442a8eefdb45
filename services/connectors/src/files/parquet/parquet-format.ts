/** Streams of Parquet files. */

import type { SourceColumn } from '@aiia/core/sync/source'
import { toFileError } from '../content/bad-file.ts'
import { compressionOf } from '../content/decompress.ts'
import type { StoredFile } from '../file-store.ts'
import { type FormatReader, placesOf, type StreamFiles, withSetTypes } from '../format-reader.ts'
import type { Compression, FileStream } from '../stream-source.ts'
import { readMetadata } from './metadata.ts'
import { openForRandomAccess, type RandomAccess } from './random-access.ts'
import { readParquet } from './read-rows.ts'
import { isFlat, type SchemaNode, schemaOf } from './schema.ts'

/** As many files tell how many rows they have before the run begins. */
const filesToCount = 20

export const openParquet = async (stream: StreamFiles): Promise<FormatReader> => {
  const { access, store, source, files, name } = stream
  const open = (file: StoredFile): Promise<RandomAccess> =>
    openForRandomAccess({ store, signal: access.signal }, file, packingOf(file.path, source))
  const lookAt = async (file: StoredFile): Promise<{ nodes: SchemaNode[]; rows: number }> => {
    let content: RandomAccess | undefined
    try {
      content = await open(file)
      const { schema, rows } = await readMetadata(content)
      return { nodes: schemaOf(schema), rows }
    } catch (error) {
      throw toFileError(error, file.path)
    } finally {
      await content?.close()
    }
  }
  const [first, ...others] = files
  if (first === undefined) throw new Error('A stream has one file at least.')
  const { nodes: firstNodes, rows } = await lookAt(first)
  const columns = columnsOf(firstNodes)
  const cut = columns.filter(({ sourceType }) => sourceType.includes('NANOS')).map((column) => `"${column.name}"`)
  if (cut.length > 0)
    access.log('INFO', `Stream "${name}": times with nanoseconds arrive cut to microseconds, as Postgres has them: ${cut.join(', ')}.`)
  // To count the rows of one that is packed as a whole, it would have to be unpacked.
  const isCounted = others.length < filesToCount && others.every(({ path }) => packingOf(path, source) === 'none')
  let expectedRows: number | null = isCounted ? rows : null
  if (expectedRows !== null) for (const file of others) expectedRows += (await lookAt(file)).rows
  return {
    columns: withSetTypes(columns, stream),
    expectedRows,
    read: async function* (file, { columns: wanted, rows: writer }) {
      const content = await open(file)
      try {
        const metadata = await readMetadata(content)
        const nodes = schemaOf(metadata.schema)
        const places = placesOf(
          wanted,
          nodes.map((node) => node.name),
          file.path,
        )
        yield* readParquet(content, { metadata, nodes: places.map((place) => nodes[place] as SchemaNode), path: file.path, rows: writer })
      } finally {
        await content.close()
      }
    },
  }
}

/** Of the file as a whole, which Parquet does without. */
const packingOf = (path: string, { compression }: FileStream): Compression => compression ?? compressionOf(path) ?? 'none'

/** What is nested arrives as JSON. */
export const columnsOf = (nodes: readonly SchemaNode[]): SourceColumn[] =>
  nodes.map((node) => ({
    name: node.name,
    sourceType: node.leaf === null ? 'GROUP' : node.leaf.type.sourceType,
    type: isFlat(node) && node.leaf !== null ? node.leaf.type.postgres : 'jsonb',
    nullable: node.definition > 0,
  }))
