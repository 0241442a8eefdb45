/** The destination table of a stream: what it is like before the run, and how it follows its source. */

import { SyncError } from '@aiia/core/failures/failure'
import type { StagedColumn } from '../mapping/extract-plan.ts'
import { quote } from './identifiers.ts'
import type { DestinationSession } from './session.ts'

/** Begins the comment of every table that is ours; a table without it is somebody else's. */
const commentStart = 'AIIA Data Refresh: '

export const commentOf = (connector: string, stream: string): string => `${commentStart}stream "${stream}" of connector "${connector}"`

/** Of every destination table: the number of the run that last changed the row. */
export const runColumn = '_aiia_run'

export type TargetTable = {
  name: string
  /** Schema and name, quoted. */
  sql: string
  exists: boolean
  filled: boolean
  /** Of the stream, with their types. */
  columns: Map<string, string>
  /** It has the column that names the run which last changed a row; those made by the first release do not. */
  tellsRun: boolean
  primaryKey: string[]
  /** Views, grants, foreign keys, triggers or indexes hang on it, which a replacement by another table would lose. */
  depended: boolean
}

type Found = { comment: string | null; depended: boolean; columns: [string, string][]; key: string[] }

/** @throws SyncError PERMISSION_DENIED for a table that the platform did not make */
export const findTarget = async ({ query, schema }: DestinationSession, name: string, stream: string): Promise<TargetTable> => {
  const sql = `${quote(schema)}.${quote(name)}`
  const { rows } = await query<Found>(
    `SELECT obj_description(c.oid, 'pg_class') AS comment,
       c.relkind <> 'r' OR c.relacl IS NOT NULL OR c.relrowsecurity
         OR EXISTS (SELECT FROM pg_depend d WHERE d.refobjid = c.oid AND d.classid = 'pg_rewrite'::regclass)
         OR EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND c.oid IN (f.confrelid, f.conrelid))
         OR EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
         OR EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND NOT i.indisprimary)
         OR EXISTS (SELECT FROM pg_publication_rel p WHERE p.prrelid = c.oid) AS depended,
       (SELECT coalesce(json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum), '[]')
         FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
       (SELECT coalesce(json_agg(a.attname ORDER BY array_position(i.indkey::int2[], a.attnum)), '[]')
         FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid AND i.indisprimary) AS key
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2`,
    [schema, name],
  )
  const found = rows[0]
  if (found === undefined)
    return { name, sql, exists: false, filled: false, columns: new Map(), tellsRun: false, primaryKey: [], depended: false }
  if (!found.comment?.startsWith(commentStart)) {
    throw new SyncError(
      'PERMISSION_DENIED',
      `The table ${schema}.${name} of the destination exists already and was not made by this platform, so it is not overwritten. Rename it, or give the stream another destination table.`,
      {
        place: { step: 'DISCOVER', stream },
      },
    )
  }
  const filled = (await query(`SELECT 1 FROM ${sql} LIMIT 1`)).rowCount === 1
  const columns = new Map(found.columns)
  const tellsRun = columns.delete(runColumn)
  return { name, sql, exists: true, filled, columns, tellsRun, primaryKey: found.key, depended: found.depended }
}

/** What the table lacks, has of another type, and has beyond the stream's columns. */
export type Misfit = { added: StagedColumn[]; retyped: StagedColumn[]; removed: string[] }

export const compareColumns = ({ columns }: TargetTable, fields: readonly StagedColumn[]): Misfit => ({
  added: fields.filter(({ name }) => !columns.has(name)),
  retyped: fields.filter(({ name, type }) => columns.has(name) && columns.get(name) !== type),
  removed: [...columns.keys()].filter((name) => !fields.some((field) => field.name === name)),
})

/**
 * Lets the table follow its mapping, in the transaction of the commit. Columns that went stay, so that nothing is lost.
 *
 * @throws SyncError COLUMN_TYPE_CHANGED where what the table holds cannot become the new type
 */
export const evolve = async (
  { query }: DestinationSession,
  target: TargetTable,
  { added, retyped }: Misfit,
  stream: string,
): Promise<void> => {
  const columns = [...added, ...(target.tellsRun ? [] : [{ name: runColumn, type: 'integer' }])]
  if (columns.length > 0)
    await query(`ALTER TABLE ${target.sql} ${columns.map(({ name, type }) => `ADD COLUMN ${quote(name)} ${type}`).join(', ')}`)
  if (retyped.length === 0) return
  const changes = retyped.map(({ name, type }) => `ALTER COLUMN ${quote(name)} TYPE ${type} USING ${quote(name)}::text::${type}`)
  try {
    await query(`ALTER TABLE ${target.sql} ${changes.join(', ')}`)
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string }
    if (!/^(22|0A|42)/.test(code)) throw error
    const told = retyped.map(({ name, type }) => `"${name}" from ${target.columns.get(name)} to ${type}`)
    throw new SyncError(
      'COLUMN_TYPE_CHANGED',
      `The destination table of stream "${stream}" cannot change ${told.join(', ')}: ${message}. Drop what hangs on the column, or sync the stream into another table.`,
      { cause: error, place: { step: 'MATCH', stream } },
    )
  }
}
