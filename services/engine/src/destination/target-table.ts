/** The destination table of a stream: what it is like before the run, and how it follows its source. */

import { SyncError } from '@aiia/core/failures/failure'
import type { SourceColumn } from '@aiia/core/sync/source'
import { quote } from './identifiers.ts'
import type { DestinationSession } from './session.ts'

/** Begins the comment of every table that is ours; a table without it is somebody else's. */
const commentStart = 'AIIA Data Refresh: '

export const commentOf = (connector: string, stream: string): string => `${commentStart}stream "${stream}" of connector "${connector}"`

export type TargetTable = {
  name: string
  /** Schema and name, quoted. */
  sql: string
  exists: boolean
  filled: boolean
  columns: Map<string, string>
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
  if (found === undefined) return { name, sql, exists: false, filled: false, columns: new Map(), primaryKey: [], depended: false }
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
  return { name, sql, exists: true, filled, columns: new Map(found.columns), primaryKey: found.key, depended: found.depended }
}

/**
 * Compares the table with what the source has now.
 *
 * @returns the columns that the source has gained
 * @throws SyncError COLUMN_MISSING or COLUMN_TYPE_CHANGED that names every column concerned
 */
export const compareColumns = (target: TargetTable, columns: readonly SourceColumn[], stream: string): SourceColumn[] => {
  const place = { step: 'DISCOVER', stream }
  const now = new Map(columns.map((column) => [column.name, column]))
  const gone = [...target.columns.keys()].filter((name) => !now.has(name))
  if (gone.length > 0) {
    throw new SyncError(
      'COLUMN_MISSING',
      `Column mismatch in stream "${stream}": the source no longer has ${gone.map((name) => `"${name}"`).join(', ')}.`,
      { place },
    )
  }
  const retyped = columns.filter(({ name, type }) => target.columns.has(name) && target.columns.get(name) !== type)
  if (retyped.length > 0) {
    const told = retyped.map(({ name, type }) => `"${name}" is now ${type} and was ${target.columns.get(name)}`)
    throw new SyncError('COLUMN_TYPE_CHANGED', `Column mismatch in stream "${stream}": ${told.join('; ')}.`, { place })
  }
  return columns.filter(({ name }) => !target.columns.has(name))
}

export const addColumns = async ({ query }: DestinationSession, target: TargetTable, columns: readonly SourceColumn[]): Promise<void> => {
  if (columns.length === 0) return
  await query(`ALTER TABLE ${target.sql} ${columns.map(({ name, type }) => `ADD COLUMN ${quote(name)} ${type}`).join(', ')}`)
}
