/** What a stream's last commit left for the next run, written in the commit's own transaction: columns, cursor, files. */

import type { SourceColumn } from '@aiia/core/sync/source'
import { quote } from './identifiers.ts'
import type { DestinationSession } from './session.ts'

export type StreamState = {
  /** What the stream read, in the words of its kind: another one begins anew. */
  source: unknown
  /** All columns that the source had. */
  columns: SourceColumn[]
  cursor: { field: string; value: string } | null
  /** The source's own, such as the files that it has read. */
  own: unknown
}

const tableOf = ({ staging }: Pick<DestinationSession, 'staging'>): string => `${quote(staging)}.stream_states`

/** SQL that makes the table they are kept in: one state a destination table. */
export const streamStatesTable = (staging: string): string => `CREATE TABLE IF NOT EXISTS ${tableOf({ staging })} (
  destination_table text PRIMARY KEY, state jsonb NOT NULL, run_id text NOT NULL, committed_at timestamptz NOT NULL DEFAULT now())`

/** @returns null before the first commit */
export const findState = async (session: DestinationSession, table: string): Promise<StreamState | null> => {
  const { rows } = await session.query<{ state: StreamState }>(`SELECT state FROM ${tableOf(session)} WHERE destination_table = $1`, [
    table,
  ])
  return rows[0]?.state ?? null
}

export const writeState = async (session: DestinationSession, table: string, state: StreamState, runId: string): Promise<void> => {
  await session.query(
    `INSERT INTO ${tableOf(session)} (destination_table, state, run_id) VALUES ($1, $2, $3)
     ON CONFLICT (destination_table) DO UPDATE SET state = excluded.state, run_id = excluded.run_id, committed_at = now()`,
    [table, JSON.stringify(state), runId],
  )
}
