/** The cursor of an incremental stream: where it got to, and where the next run begins. */

import { SyncError } from '@aiia/core/failures/failure'
import { defaultOverlap, type StreamConfiguration } from '@aiia/core/sync/configuration'
import type { MappedField } from '@aiia/core/sync/mapping'
import { quote } from './identifiers.ts'
import type { DestinationSession } from './session.ts'
import type { StagingTable } from './staging-table.ts'

/** Types whose values have an order that every database agrees on. */
const numbers = /^(smallint|integer|bigint|numeric)\b/
const times = /^(date|timestamp)\b/

/**
 * The field that holds the cursor.
 *
 * @throws SyncError INVALID_QUERY where the stream's cursor cannot be one
 */
export const cursorFieldOf = (stream: StreamConfiguration, fields: readonly MappedField[]): MappedField | null => {
  const { cursorField, name } = stream
  if (cursorField === null) return null
  const refuse = (why: string): never => {
    throw new SyncError('INVALID_QUERY', `The cursor field "${cursorField}" of stream "${name}" ${why}`, {
      place: { step: 'DISCOVER', stream: name },
    })
  }
  const field = fields.find(({ source }) => source?.name === cursorField)
  if (field === undefined) return refuse('is not a column that the stream carries over. Choose another, or add it to the mapping.')
  if (!numbers.test(field.type) && !times.test(field.type))
    return refuse(`is of type ${field.type}. Choose a number, a date or a time, whose order the source and the destination share.`)
  if (field.transforms.some(({ kind }) => kind !== 'DATE_FORMAT'))
    return refuse('is transformed by the mapping, so its order is no longer that of the source. Carry it over as it is.')
  return field
}

/** The value behind which the next run reads: the overlap takes rows along that were committed late. */
export const behindOverlap = async (
  { query }: DestinationSession,
  { type }: MappedField,
  { value, overlap }: { value: string; overlap: number | null },
): Promise<string> => {
  const back = overlap ?? defaultOverlap
  const earlier = times.test(type) ? `- make_interval(secs => ${back})` : `- ${back}::numeric`
  const { rows } = await query<{ value: string }>(`SELECT ($1::${type} ${earlier})::${unbounded(type)}::text AS value`, [value])
  return rows[0]?.value ?? value
}

/** @returns the latest value among those staged and the one before; null where there is none at all */
export const latestOf = async (
  { query }: DestinationSession,
  staged: StagingTable,
  { name, type }: MappedField,
  before: string | null,
): Promise<string | null> => {
  const { rows } = await query<{ value: string | null }>(
    `SELECT greatest((SELECT max(${quote(name)}) FROM ${staged.sql}), $1::${type})::text AS value`,
    [before],
  )
  return rows[0]?.value ?? null
}

/** A number below the first of its type is no error. */
const unbounded = (type: string): string => (numbers.test(type) ? 'numeric' : type)
