/** Which columns are asked of the source, and in which form: as bytes that pass, or as text that is validated. */

import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import { isCarriedAsIs, type MappedField } from '@aiia/core/sync/mapping'
import type { RequestedColumn, Source, SourceColumn } from '@aiia/core/sync/source'
import { isEncodable } from '@aiia/pg-copy/text-encoders'

export type ExtractPlan = {
  columns: readonly RequestedColumn[]
  /** Columns of the staging table, in the order in which their values come. */
  staged: readonly StagedColumn[]
  /** null: chunks pass as the source gives them. */
  fields: readonly PlannedField[] | null
}

export type StagedColumn = { name: string; type: string }

/** `column` is its place in the plan's columns; null for a constant. */
export type PlannedField = MappedField & { column: number | null }

/** Bytes pass unread where the source gives them as a binary COPY and no field asks for anything else. */
export const planExtract = (source: Pick<Source, 'copiesBinary'>, fields: readonly MappedField[]): ExtractPlan => {
  const staged = fields.map(({ name, type }) => ({ name, type }))
  const sources = [...new Set(fields.flatMap(({ source: column }) => (column === null ? [] : [column])))]
  if (source.copiesBinary === true && sources.length === fields.length && fields.every(isCarriedAsIs))
    return { columns: sources.map((column) => ({ ...column, as: 'binary' })), staged, fields: null }
  const columns = sources.map((column): RequestedColumn => ({ ...column, as: formOf(source, column) }))
  const places = new Map(columns.map(({ name }, at) => [name, at]))
  return {
    columns,
    staged,
    fields: fields.map((field) => ({ ...field, column: field.source === null ? null : (places.get(field.source.name) ?? null) })),
  }
}

/** Types that only Postgres itself can read, such as arrays and ranges, stay bytes. */
const formOf = ({ copiesBinary }: Pick<Source, 'copiesBinary'>, { type }: SourceColumn): RequestedColumn['as'] =>
  copiesBinary === true && !isEncodable(type) ? 'binary' : 'text'

/** @returns the key in the words of the destination; empty where a column of it is not carried over as it is */
export const keyOf = (
  stream: StreamConfiguration,
  sourceKey: readonly string[],
  fields: readonly MappedField[],
): { key: string[]; lost: string[] } => {
  if (stream.primaryKey !== null) return { key: stream.primaryKey, lost: [] }
  const carried = sourceKey.map((column) => fields.find((field) => field.source?.name === column && field.transforms.length === 0)?.name)
  const lost = sourceKey.filter((_, at) => carried[at] === undefined)
  return { key: lost.length > 0 ? [] : carried.flatMap((name) => name ?? []), lost }
}
