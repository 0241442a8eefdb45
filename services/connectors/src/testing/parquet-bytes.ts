/** Reads a Parquet file that is in memory, for tests. */

import { readMetadata } from '../files/parquet/metadata.ts'
import { columnsOf } from '../files/parquet/parquet-format.ts'
import { readParquet } from '../files/parquet/read-rows.ts'
import { schemaOf } from '../files/parquet/schema.ts'
import { collectRows, drained } from './collected-rows.ts'

/** @returns the columns as `name type`, the rows as strings, and how many rows the file says it has */
export const readParquetBytes = async (bytes: Uint8Array): Promise<{ columns: string[]; rows: (string | null)[][]; expected: number }> => {
  const file = {
    size: bytes.length,
    read: async (from: number, to: number) => Buffer.from(bytes.subarray(from, to)),
    close: async () => {},
  }
  const metadata = await readMetadata(file)
  const nodes = schemaOf(metadata.schema)
  const rows = collectRows(nodes.length)
  await drained(readParquet(file, { metadata, nodes, path: 'in.parquet', rows }))
  const columns = columnsOf(nodes).map(({ name, type, nullable }) => `${name} ${type}${nullable ? '' : ' NOT NULL'}`)
  return { columns, rows: rows.collected, expected: metadata.rows }
}
