/**
 * Chunks of streams that are staged and committed, so that a new attempt of the run goes on behind the last of them. Their
 * rows and what is known of them are committed together; nothing of it is visible in the destination table before all is.
 */

import type { Bound } from '@aiia/core/sync/source'
import type { StagedColumn } from '../mapping/extract-plan.ts'
import { quote, stagingName } from './identifiers.ts'
import type { DestinationSession } from './session.ts'
import { createStaging, type StagingTable } from './staging-table.ts'

type Place = { runId: string; stream: string }

/** The newest checkpoint of a stream; the one numbered 0 stands for the table alone. */
export type Checkpoint = {
  chunk: number
  attempt: number
  /** Up to where the source's rows are staged; null before the first chunk and after the last. */
  upTo: Bound | null
  /** The source has no row behind it. */
  complete: boolean
  /** What the source has left for what comes behind. */
  state: unknown
}

/** Rows of the source, rejected ones included. */
type Volume = { rows: number; bytes: number; rejected: number }

export type Staged = Volume & { table: StagingTable; last: Checkpoint }

const tableOf = ({ staging }: Pick<DestinationSession, 'staging'>): string => `${quote(staging)}.checkpoints`

/** SQL that makes the table they are kept in. */
export const checkpointsTable = (staging: string): string => `CREATE TABLE IF NOT EXISTS ${tableOf({ staging })} (
  run_id text NOT NULL, stream text NOT NULL, chunk integer NOT NULL, attempt integer NOT NULL, staging_table text NOT NULL,
  up_to text[], complete boolean NOT NULL, rows bigint NOT NULL, bytes bigint NOT NULL, committed_at timestamptz NOT NULL DEFAULT now(),
  rejected bigint NOT NULL DEFAULT 0, PRIMARY KEY (run_id, stream, chunk));
  ALTER TABLE ${tableOf({ staging })} ADD COLUMN IF NOT EXISTS rejected bigint NOT NULL DEFAULT 0, ADD COLUMN IF NOT EXISTS state jsonb`

/** `primaryKey` in the words of the source. */
type Shape = { columns: readonly StagedColumn[]; primaryKey: readonly string[] }

/** Bounds are of one key: another one has a table of another name. */
const nameOf = ({ runId, stream }: Place, { primaryKey }: Shape): string => stagingName('chunks', runId, stream, ...primaryKey)

/** @returns what earlier attempts have staged; null where there is nothing of it, or the source's columns or key have changed since */
export const findStaged = async (session: DestinationSession, place: Place, shape: Shape): Promise<Staged | null> => {
  const { runId, stream } = place
  const { columns } = shape
  const { rows } = await session.query<
    Checkpoint & { table: string; rows: string; bytes: string; rejected: string; types: [string, string][] }
  >(
    `SELECT chunk, attempt, up_to AS "upTo", complete, state, staging_table AS table, sum(rows) OVER () AS rows, sum(bytes) OVER () AS bytes, sum(rejected) OVER () AS rejected,
       (SELECT coalesce(json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum), '[]')
         FROM pg_attribute a WHERE a.attrelid = to_regclass(quote_ident($3) || '.' || quote_ident(staging_table)) AND a.attnum > 0) AS types
     FROM ${tableOf(session)} WHERE run_id = $1 AND stream = $2 ORDER BY chunk DESC LIMIT 1`,
    [runId, stream, session.staging],
  )
  const found = rows[0]
  if (found === undefined) return null
  const { chunk, attempt, upTo, complete, state, types } = found
  const same = types.length === columns.length && columns.every(({ name, type }, at) => types[at]?.[0] === name && types[at]?.[1] === type)
  if (!same || found.table !== nameOf(place, shape)) return null
  const table = { name: found.table, sql: `${quote(session.staging)}.${quote(found.table)}`, columns }
  return {
    table,
    last: { chunk, attempt, upTo, complete, state },
    rows: Number(found.rows),
    bytes: Number(found.bytes),
    rejected: Number(found.rejected),
  }
}

/** Makes an empty table in place of what was staged before; inside a transaction, which has to be committed. */
export const beginStaged = async (
  session: DestinationSession,
  place: Place,
  { attempt, shape, state }: { attempt: number; shape: Shape; state: unknown },
): Promise<Staged> => {
  const { runId, stream } = place
  await dropStaged(session, `run_id = $1 AND stream = $2`, [runId, stream])
  const table = await createStaging(session, { name: nameOf(place, shape), columns: shape.columns, logged: true })
  const last: Checkpoint = { chunk: 0, attempt, upTo: null, complete: false, state }
  const nothing = { rows: 0, bytes: 0, rejected: 0 }
  await addCheckpoint(session, place, table, { ...last, ...nothing })
  return { table, last, ...nothing }
}

export const addCheckpoint = async (
  session: DestinationSession,
  { runId, stream }: Place,
  table: StagingTable,
  { chunk, attempt, upTo, complete, state, rows, bytes, rejected }: Checkpoint & Volume,
): Promise<void> => {
  await session.query(
    `INSERT INTO ${tableOf(session)} (run_id, stream, chunk, attempt, staging_table, up_to, complete, rows, bytes, rejected, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [runId, stream, chunk, attempt, table.name, upTo, complete, rows, bytes, rejected, JSON.stringify(state)],
  )
}

/** In the transaction that makes the rows visible. */
export const removeCheckpoints = async (session: DestinationSession, { runId, stream }: Place): Promise<void> => {
  await session.query(`DELETE FROM ${tableOf(session)} WHERE run_id = $1 AND stream = $2`, [runId, stream])
}

/** @returns the ids of the runs that have something staged */
export const runsWithStaged = async (session: Pick<DestinationSession, 'query' | 'staging'>): Promise<string[]> => {
  const { rows } = await session.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [tableOf(session)])
  if (rows[0]?.exists !== true) return []
  const runs = await session.query<{ id: string }>(`SELECT DISTINCT run_id AS id FROM ${tableOf(session)}`)
  return runs.rows.map(({ id }) => id)
}

/** Inside a transaction. A commit that is under way is waited for, and then has taken its checkpoints with it. */
export const dropStaged = async (
  session: Pick<DestinationSession, 'query' | 'staging'>,
  where: string,
  values: readonly unknown[],
): Promise<void> => {
  const { rows } = await session.query<{ table: string }>(
    `DELETE FROM ${tableOf(session)} WHERE ${where} RETURNING staging_table AS table`,
    [...values],
  )
  for (const table of new Set(rows.map((row) => row.table))) {
    await session.query(`DROP TABLE IF EXISTS ${quote(session.staging)}.${quote(table)}`)
  }
}
