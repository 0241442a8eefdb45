/** Matches a staged extract with the destination table by primary key, and writes the difference only. */

import { quote, quoteAll } from './identifiers.ts'
import type { DestinationSession } from './session.ts'
import type { StagingTable } from './staging-table.ts'
import { runColumn, type TargetTable } from './target-table.ts'

export type MatchCounts = { inserted: number; updated: number; unchanged: number; deleted: number }

type Difference = { sql: string; drop(): Promise<void>; counts: MatchCounts }

type Matching = {
  staged: StagingTable
  target: TargetTable
  key: readonly string[]
  differenceName: string
  /** Rows that the extract does not have go: it is the source's image. */
  deletes: boolean
  /** Rows that are there are changed; else they stay as they are. */
  updates: boolean
  /** Rows that a later run has changed stay as they are; null: all may change. */
  notChangedAfter: number | null
  /** Of the run. */
  number: number
}

/**
 * Finds the rows that are new or differ in any column, as images, so that types without equality are compared as well.
 * The table is locked against other writers from here to the end of the transaction, so row positions stay valid;
 * readers are not disturbed.
 */
export const findDifference = async (
  session: DestinationSession,
  { staged, target, key, differenceName, deletes, updates, notChangedAfter }: Matching,
): Promise<Difference> => {
  const { query, staging, scratch } = session
  const sql = `${quote(staging)}.${quote(differenceName)}`
  const names = staged.columns.map(({ name }) => name)
  // As a record it is compared as a whole; two row constructors would be compared column by column.
  const row = (table: string) => `ROW(${names.map((name) => `${table}.${quote(name)}`).join(', ')})::record`
  const mayChange = !updates ? 'false' : notChangedAfter === null ? 'true' : `coalesce(t.${quote(runColumn)}, 0) <= ${notChangedAfter}`
  await query(`LOCK TABLE ${target.sql} IN SHARE ROW EXCLUSIVE MODE`)
  await query(`ANALYZE ${staged.sql} (${quoteAll(key)})`)
  await query(
    `CREATE ${scratch} ${sql} WITH (autovacuum_enabled = false) AS
     SELECT s.*, t.ctid AS ${quote(positionColumn(names))} FROM ${staged.sql} s LEFT JOIN ${target.sql} t ON ${sameKey(key)}
     WHERE t.ctid IS NULL OR ${mayChange} AND ${row('s')} *<> ${row('t')}`,
  )
  const position = quote(positionColumn(names))
  const { rows } = await query<Record<'staged' | 'before' | 'fresh' | 'changed', string>>(
    `SELECT (SELECT count(*) FROM ${staged.sql}) AS staged, (SELECT count(*) FROM ${target.sql}) AS before,
       count(*) FILTER (WHERE ${position} IS NULL) AS fresh, count(${position}) AS changed FROM ${sql}`,
  )
  const [inStaging, before, inserted, updated] = (['staged', 'before', 'fresh', 'changed'] as const).map((name) =>
    Number(rows[0]?.[name]),
  ) as [number, number, number, number]
  const matched = inStaging - inserted
  return {
    sql,
    counts: { inserted, updated, unchanged: matched - updated, deleted: deletes ? before - matched : 0 },
    drop: async () => {
      await query(`DROP TABLE ${sql}`)
    },
  }
}

/** Updates by row position, inserts the new, deletes what the source no longer has; unchanged rows are not touched. */
export const applyDifference = async (
  { query }: DestinationSession,
  { staged, target, key, number }: Matching,
  { sql, counts }: Difference,
): Promise<void> => {
  const names = staged.columns.map(({ name }) => name)
  const position = quote(positionColumn(names))
  // First, so that a value that moves from one row to another meets no unique index.
  if (counts.deleted > 0) await query(`DELETE FROM ${target.sql} t WHERE NOT EXISTS (SELECT FROM ${staged.sql} s WHERE ${sameKey(key)})`)
  if (counts.updated > 0) {
    await query(
      `UPDATE ${target.sql} t SET ${names.map((name) => `${quote(name)} = d.${quote(name)}`).join(', ')}, ${quote(runColumn)} = ${number} FROM ${sql} d WHERE t.ctid = d.${position}`,
    )
  }
  if (counts.inserted > 0) {
    await query(
      `INSERT INTO ${target.sql} (${quoteAll(names)}, ${quote(runColumn)}) SELECT ${quoteAll(names)}, ${number} FROM ${sql} WHERE ${position} IS NULL`,
    )
  }
}

/** Adds the staged rows behind those that are there, whatever they are. */
export const appendRows = async (
  { query }: DestinationSession,
  { staged, target, number }: Pick<Matching, 'staged' | 'target' | 'number'>,
): Promise<MatchCounts> => {
  const names = quoteAll(staged.columns.map(({ name }) => name))
  const { rowCount } = await query(
    `INSERT INTO ${target.sql} (${names}, ${quote(runColumn)}) SELECT ${names}, ${number} FROM ${staged.sql}`,
  )
  return { inserted: rowCount ?? 0, updated: 0, unchanged: 0, deleted: 0 }
}

const sameKey = (key: readonly string[]): string => key.map((column) => `s.${quote(column)} = t.${quote(column)}`).join(' AND ')

/** A name that no column of the stream has. */
const positionColumn = (names: readonly string[]): string => {
  let name = 'target_position'
  while (names.includes(name)) name += '_'
  return name
}
