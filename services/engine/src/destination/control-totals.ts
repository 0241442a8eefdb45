/** Sums of what was committed, beside those that the source computes itself. */

import { SyncError } from '@aiia/core/failures/failure'
import type { MappedField } from '@aiia/core/sync/mapping'
import type { ControlTotals } from '@aiia/core/sync/receipt'
import { quote } from './identifiers.ts'
import type { DestinationSession } from './session.ts'

/** Sums of these are exact, in whatever order they are added. */
const exact = /^(smallint|integer|bigint|numeric)\b/

/** @throws SyncError INVALID_QUERY for a column that cannot be summed exactly on both sides */
export const summedFields = (columns: readonly string[], fields: readonly MappedField[], stream: string): MappedField[] =>
  columns.map((column) => {
    const field = fields.find(({ source }) => source?.name === column)
    if (field !== undefined && exact.test(field.type) && exact.test(field.source?.type ?? '') && field.transforms.length === 0) return field
    const why = field === undefined ? 'is not carried over' : `is ${field.type}${field.transforms.length > 0 ? ', and transformed' : ''}`
    throw new SyncError(
      'INVALID_QUERY',
      `Stream "${stream}" asks for a control total of "${column}", which ${why}. Totals need whole numbers or decimals that are carried over as they are.`,
      { place: { step: 'DISCOVER', stream } },
    )
  })

/**
 * @param table that holds what is about to be committed
 * @throws SyncError CONTROL_TOTAL_MISMATCH that states both sides
 */
export const compareTotals = async (
  { query }: DestinationSession,
  {
    table,
    fields,
    source,
    stream,
    explained,
  }: {
    table: string
    fields: readonly MappedField[]
    source: { rows: string; sums: readonly string[] }
    stream: string
    /** What else the run knows of rows that are not there, as the end of the message. */
    explained: string
  },
): Promise<ControlTotals> => {
  const sums = fields.map(({ name }) => `coalesce(sum(${quote(name)}), 0)::text`)
  const { rows } = await query<{ rows: string; sums: string[]; same: boolean[] }>(
    `SELECT rows, sums, ARRAY(SELECT a::numeric = b::numeric FROM unnest(array_prepend(rows, sums), $1::text[]) AS pair (a, b)) AS same
     FROM (SELECT count(*)::text AS rows, ARRAY[${sums.join(', ')}]::text[] AS sums FROM ${table}) AS committed`,
    [[source.rows, ...source.sums]],
  )
  const [found] = rows
  if (found === undefined) throw new Error('The destination gave no totals.')
  const totals: ControlTotals = {
    rows: { source: source.rows, committed: found.rows },
    sums: fields.map(({ source: column, name }, at) => ({
      column: column?.name ?? name,
      source: source.sums[at] ?? '0',
      committed: found.sums[at] ?? '0',
    })),
  }
  const told = [{ what: 'rows', ...totals.rows }, ...totals.sums.map(({ column, ...pair }) => ({ what: `sum of "${column}"`, ...pair }))]
  const wrong = told.filter((_, at) => found.same[at] !== true)
  if (wrong.length === 0) return totals
  const words = wrong.map(({ what, source: expected, committed }) => `${what}: ${expected} at the source, ${committed} here`)
  throw new SyncError('CONTROL_TOTAL_MISMATCH', `The control totals of stream "${stream}" differ: ${words.join('; ')}.${explained}`, {
    place: { step: 'MATCH', stream },
  })
}
