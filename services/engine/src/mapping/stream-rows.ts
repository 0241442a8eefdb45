/** Validates the rows of a stream by its mapping, and tells of each that is rejected. */

import { isUtf8 } from 'node:buffer'
import { SyncError } from '@aiia/core/failures/failure'
import { isConcealed } from '@aiia/core/sync/mapping'
import { type RejectedRow, wholeRow } from '@aiia/core/sync/rejected-row'
import type { RequestedColumn, RowWriter } from '@aiia/core/sync/source'
import { CopyWriter } from '@aiia/pg-copy/copy-writer'
import { type Rejection, type RowField, TextRowWriter } from '@aiia/pg-copy/row-writer'
import { BadValueError, type Encoder, encoderOf } from '@aiia/pg-copy/text-encoders'
import { transformed } from '@aiia/pg-copy/value-transforms'
import type { ExtractPlan, PlannedField } from './extract-plan.ts'

export type StreamRows = {
  stream: string
  plan: ExtractPlan
  /** Of the destination. */
  key: readonly string[]
  /** For the hashes of a mapping. */
  salt: Buffer
  /** Rows of the stream that came before this extract. */
  rowsBefore: number
}

/** What is kept of a row for a replay, and of a value for people. */
const [mostKept, mostShown] = [65_536, 10_000]

/** @returns null where the chunks of the source pass as they are */
export const createStreamRows = (rows: StreamRows): RowWriter | null => {
  const { plan } = rows
  if (plan.fields === null) return null
  return new TextRowWriter(
    plan.columns.length,
    plan.fields.map((field) => compile(field, plan.columns, rows)),
    describer(rows, plan.fields),
  )
}

const compile = (field: PlannedField, columns: readonly RequestedColumn[], { salt, stream }: StreamRows): RowField => {
  const { column, type, nullable, transforms } = field
  const isBinary = column !== null && columns[column]?.as === 'binary'
  // The form of a binary COPY is a length and bytes, as that of bytea.
  const encode = encoderOf(isBinary ? 'bytea' : type)
  const required = !nullable
  if (transforms.some(({ kind }) => kind === 'CONSTANT')) {
    const constant = transformed(transforms, encode, { salt, instead: null })
    refuseBadValue(field, constant, nothing, stream)
    return { column: null, encode: constant, instead: nothing, required }
  }
  const instead = field.default === null ? null : Buffer.from(field.default)
  if (instead !== null) refuseBadValue(field, encode, instead, stream)
  if (transforms.length === 0) return { column, encode, instead, required }
  const transform = transformed(transforms, encode, { salt, instead })
  // A default is a value of the destination already.
  return { column, encode: (source, from, to, out) => (source === instead ? encode : transform)(source, from, to, out), instead, required }
}

/** The constant itself comes from its transform. */
const nothing = Buffer.alloc(0)

/** Found before the first row, not at the first NULL. */
const refuseBadValue = ({ name, type }: PlannedField, encode: Encoder, value: Buffer, stream: string): void => {
  try {
    encode(value, 0, value.length, new CopyWriter())
  } catch (error) {
    if (!(error instanceof BadValueError)) throw error
    throw new SyncError(
      'INVALID_QUERY',
      `The mapping of stream "${stream}" gives column "${name}" (${type}) a default or constant${value.length === 0 ? '' : ` "${value.toString()}"`} that ${error.rule}. Correct it.`,
      { place: { step: 'DISCOVER', stream } },
    )
  }
}

const describer = (
  { plan, key, stream, rowsBefore }: StreamRows,
  fields: readonly PlannedField[],
): ((rejection: Rejection) => RejectedRow) => {
  const keyColumns = key.flatMap((name) => fields.find((field) => field.name === name)?.column ?? [])
  const concealed = new Set(fields.flatMap((field) => (isConcealed(field) && field.column !== null ? [field.column] : [])))
  const readable = (column: number): boolean => !concealed.has(column) && plan.columns[column]?.as === 'text'
  const shown = (value: Buffer | null | undefined, column: number): string | null =>
    value === null || value === undefined || !readable(column) ? null : cut(value.toString())
  return ({ position, place, column, rule, values, raw }) => ({
    stream,
    position: position + rowsBefore,
    place,
    key: values.length === 0 || keyColumns.length === 0 ? null : keyColumns.map((at) => shown(values[at], at) ?? 'NULL').join(', '),
    column: column === null ? (values.length === 0 ? wholeRow : 'constant') : (plan.columns[column]?.name ?? wholeRow),
    rawValue: column === null ? (raw === null ? null : cut(raw)) : shown(values[column], column),
    rule: values.length === 0 ? rule : `The value ${rule}.`,
    row: values.length > 0 && plan.columns.every((_, at) => readable(at)) ? keptRow(plan.columns, values) : null,
  })
}

const cut = (text: string): string => (text.length > mostShown ? `${text.slice(0, mostShown)}…` : text)

/** @returns null where the row is too large to be kept, or is no text */
const keptRow = (columns: readonly RequestedColumn[], values: readonly (Buffer | null)[]): RejectedRow['row'] => {
  const size = values.reduce((sum, value) => sum + (value?.length ?? 0), 0)
  if (size > mostKept || values.some((value) => value !== null && (!isUtf8(value) || value.includes(0)))) return null
  return Object.fromEntries(columns.map(({ name }, at) => [name, values[at]?.toString() ?? null]))
}
