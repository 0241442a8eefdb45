/** Holds a staged extract to its primary key: no NULL in it, and the later of two rows with the same key wins. */

import { SyncError } from '@aiia/core/failures/failure'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import { shown } from '../shown.ts'
import { quote, quoteAll } from './identifiers.ts'
import type { DestinationSession } from './session.ts'
import type { StagingTable } from './staging-table.ts'

export type KeyReport = { superseded: number; rejected: number; samples: RejectedRow[] }

/** Rejected rows that are kept with their values; all are counted. */
const mostSamples = 1_000

const notNullViolation = '23502'
const uniqueViolation = '23505'

/** Makes the primary key; where that fails, finds the rows that are in the way. */
export const enforceKey = async (
  session: DestinationSession,
  table: StagingTable,
  key: readonly string[],
  stream: string,
): Promise<KeyReport> => {
  const report: KeyReport = { superseded: 0, rejected: 0, samples: [] }
  // Twice at most: rows without a key go first, then rows that share one.
  for (;;) {
    const refused = await tryKey(session, table, key)
    if (refused === null) return report
    if (refused === notNullViolation) {
      const { samples, rejected } = await rejectNullKeys(session, table, key, stream)
      report.samples.push(...samples)
      report.rejected += rejected
    } else {
      report.superseded += await supersede(session, table, key)
    }
  }
}

/** @throws SyncError DUPLICATE_KEY that shows some of the keys that rows share */
export const refuseDuplicates = async (
  { query }: DestinationSession,
  table: StagingTable,
  key: readonly string[],
  stream: string,
): Promise<void> => {
  const values = key.map((column) => `${quote(column)}::text`).join(', ')
  const { rows } = await query<{ values: string[]; rows: string; keys: string }>(
    `SELECT ARRAY[${values}] AS values, count(*) AS rows, count(*) OVER () AS keys FROM ${table.sql}
     WHERE ${key.map((column) => `${quote(column)} IS NOT NULL`).join(' AND ')}
     GROUP BY ${quoteAll(key)} HAVING count(*) > 1 ORDER BY count(*) DESC, ${quoteAll(key)} LIMIT ${mostDuplicatesShown}`,
  )
  const [first] = rows
  if (first === undefined) return
  const told = rows.map(({ values: of, rows: count }) => `(${of.join(', ')}) in ${shown(Number(count))} rows`)
  const keys = Number(first.keys)
  throw new SyncError(
    'DUPLICATE_KEY',
    `Stream "${stream}" has rows that share a primary key (${key.join(', ')}), which it forbids: ${told.join('; ')}${keys > rows.length ? `; and ${shown(keys - rows.length)} keys more` : ''}.`,
    { place: { step: 'VALIDATE', stream } },
  )
}

const mostDuplicatesShown = 3

/** @returns null when the key was made, else the SQLSTATE of what is in the way */
const tryKey = async ({ query }: DestinationSession, table: StagingTable, key: readonly string[]): Promise<string | null> => {
  await query('SAVEPOINT key')
  try {
    await query(`ALTER TABLE ${table.sql} ADD PRIMARY KEY (${quoteAll(key)})`)
    await query('RELEASE SAVEPOINT key')
    return null
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code !== notNullViolation && code !== uniqueViolation) throw error
    await query('ROLLBACK TO SAVEPOINT key')
    return code
  }
}

const rejectNullKeys = async ({ query }: DestinationSession, table: StagingTable, key: readonly string[], stream: string) => {
  const isNull = key.map((column) => `${quote(column)} IS NULL`).join(' OR ')
  await query('SET LOCAL max_parallel_workers_per_gather = 0')
  // Rows of one COPY lie in the order in which they came.
  const { rows } = await query<{ position: string; column: string; key: string }>(
    `SELECT position, CASE ${key.map((column) => `WHEN ${quote(column)} IS NULL THEN ${literal(column)}`).join(' ')} END AS column,
       concat_ws(', ', ${key.map((column) => `coalesce(${quote(column)}::text, 'NULL')`).join(', ')}) AS key
     FROM (SELECT row_number() OVER () AS position, ${quoteAll(key)} FROM ${table.sql}) AS staged WHERE ${isNull} LIMIT ${mostSamples}`,
  )
  await query('SET LOCAL max_parallel_workers_per_gather = 2')
  const { rowCount } = await query(`DELETE FROM ${table.sql} WHERE ${isNull}`)
  const samples = rows.map(({ position, column, key: shown }) => ({
    stream,
    position: Number(position),
    place: null,
    key: shown,
    column,
    rawValue: null,
    rule: 'A primary key column must have a value.',
    row: null,
  }))
  return { samples, rejected: rowCount ?? 0 }
}

/** Rows without a key share nothing; the server may meet either fault first. */
const supersede = async ({ query }: DestinationSession, table: StagingTable, key: readonly string[]): Promise<number> => {
  const { rowCount } = await query(
    `DELETE FROM ${table.sql} WHERE ctid IN (
       SELECT ctid FROM (SELECT ctid, row_number() OVER (PARTITION BY ${quoteAll(key)} ORDER BY ctid DESC) AS later
         FROM ${table.sql} WHERE ${key.map((column) => `${quote(column)} IS NOT NULL`).join(' AND ')}) AS ranked WHERE later > 1)`,
  )
  return rowCount ?? 0
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
