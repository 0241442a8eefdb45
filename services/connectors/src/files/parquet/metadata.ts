/** What a Parquet file says of itself at its end: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift */

import { BadFileError } from '../content/bad-file.ts'
import type { RandomAccess } from './random-access.ts'
import { numberOf, readStruct, structOf, structsOf, type ThriftStruct, textOf } from './thrift.ts'

/** Values of the format's enumeration `Type`. */
export const physical = {
  boolean: 0,
  int32: 1,
  int64: 2,
  int96: 3,
  float: 4,
  double: 5,
  byteArray: 6,
  fixed: 7,
} as const

export const repetitions = { required: 0, optional: 1, repeated: 2 } as const

/** One node of the schema, in the order of a walk from parents to children. */
export type SchemaElement = {
  name: string
  /** null: a group. */
  type: number | null
  /** Bytes of a `fixed` one. */
  length: number
  repetition: number
  children: number
  /** Value of `ConvertedType`, by which older writers tell what is meant; null: none. */
  converted: number | null
  scale: number
  precision: number
  /** The union `LogicalType`. */
  logical: ThriftStruct | null
}

/** The values of one column in one row group. */
export type ColumnChunk = { path: string; codec: number; values: number; from: number; to: number }
export type RowGroup = { rows: number; columns: ColumnChunk[] }
export type ParquetMetadata = { rows: number; schema: SchemaElement[]; rowGroups: RowGroup[] }

const magic = 'PAR1'
const tailBytes = 8
/** What is read of the end at first; most files need no more. */
const firstLook = 65_536
const largestFooter = 134_217_728

export const readMetadata = async (file: RandomAccess): Promise<ParquetMetadata> => {
  const { size } = file
  if (size < tailBytes + magic.length) throw new BadFileError('is no Parquet file')
  const look = await file.read(Math.max(0, size - firstLook), size)
  const mark = look.toString('latin1', look.length - magic.length)
  if (mark === 'PARE') throw new BadFileError('is encrypted, and cannot be read')
  if (mark !== magic) throw new BadFileError('is no Parquet file, or is cut off')
  const length = look.readUInt32LE(look.length - tailBytes)
  if (length > size - tailBytes || length > largestFooter) throw new BadFileError('is damaged: its metadata cannot be as long as it says')
  const from = size - tailBytes - length
  const known = look.length - tailBytes - length
  const footer = known >= 0 ? look.subarray(known) : await file.read(from, size - tailBytes)
  return metadataOf(readStruct(footer, 0).value, from)
}

/** @param dataEnd where the footer begins */
const metadataOf = (fields: ThriftStruct, dataEnd: number): ParquetMetadata => {
  const rows = numberOf(fields, 3, 0)
  const rowGroups = structsOf(fields, 4).map((group) => ({
    rows: numberOf(group, 3, 0),
    columns: structsOf(group, 1).map((chunk) => chunkOf(chunk, dataEnd)),
  }))
  // A group that was lost would be missed by nobody.
  if (rowGroups.some((group) => group.rows < 0) || rowGroups.reduce((sum, group) => sum + group.rows, 0) !== rows)
    throw new BadFileError('is damaged: it does not have as many rows as it says')
  return { rows, schema: structsOf(fields, 2).map(elementOf), rowGroups }
}

const elementOf = (fields: ThriftStruct): SchemaElement => {
  const type = fields.get(1)
  const converted = fields.get(6)
  return {
    name: textOf(fields, 4),
    type: typeof type === 'number' ? type : null,
    length: numberOf(fields, 2, 0),
    repetition: numberOf(fields, 3, repetitions.required),
    children: numberOf(fields, 5, 0),
    converted: typeof converted === 'number' ? converted : null,
    scale: numberOf(fields, 7, 0),
    precision: numberOf(fields, 8, 0),
    logical: structOf(fields, 10),
  }
}

const chunkOf = (chunk: ThriftStruct, dataEnd: number): ColumnChunk => {
  if (chunk.has(1)) throw new BadFileError('has columns in other files')
  const fields = structOf(chunk, 3)
  if (fields === null) throw new BadFileError('is damaged, or encrypted: a column has no metadata')
  const path = fields.get(3)
  const dataFrom = numberOf(fields, 9, -1)
  const dictionaryFrom = numberOf(fields, 11, 0)
  // Some writers say 0 where there is no dictionary.
  const from = dictionaryFrom > 0 && dictionaryFrom < dataFrom ? dictionaryFrom : dataFrom
  const to = from + numberOf(fields, 7, 0)
  if (from < 0 || to < from || to > dataEnd) throw new BadFileError('is damaged: a column lies outside of it')
  return {
    path: pathOf(Array.isArray(path) ? path.map(String) : []),
    codec: numberOf(fields, 4, 0),
    values: numberOf(fields, 5, 0),
    from,
    to,
  }
}

/** Names may hold dots themselves. */
export const pathOf = (names: readonly string[]): string => names.join('\0')
