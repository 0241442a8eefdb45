/** What was committed, written in the commit's own transaction: a repeated attempt finds its own commit. */

import type { RecordCounts } from '@aiia/core/job-run/counts'
import type { StreamReceipt } from '@aiia/core/sync/receipt'
import { quote } from './identifiers.ts'
import type { DestinationSession } from './session.ts'

const tableOf = ({ staging }: Pick<DestinationSession, 'staging'>): string => `${quote(staging)}.ledger`

/** SQL that makes the table. */
export const ledgerTable = (staging: string): string => `CREATE TABLE IF NOT EXISTS ${tableOf({ staging })} (
  run_id text NOT NULL, stream text NOT NULL, attempt integer NOT NULL, counts jsonb NOT NULL, committed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run_id, stream));
  ALTER TABLE ${tableOf({ staging })} ADD COLUMN IF NOT EXISTS receipt jsonb`

type Entry = {
  attempt: number
  counts: RecordCounts
  /** null on those of earlier releases. */
  receipt: StreamReceipt | null
}

export const findCommit = async (session: DestinationSession, runId: string, stream: string): Promise<Entry | null> => {
  const { rows } = await session.query<Entry>(
    `SELECT attempt, counts, receipt FROM ${tableOf(session)} WHERE run_id = $1 AND stream = $2`,
    [runId, stream],
  )
  return rows[0] ?? null
}

export const writeCommit = async (
  session: DestinationSession,
  { runId, attempt, receipt }: { runId: string; attempt: number; receipt: StreamReceipt },
): Promise<void> => {
  await session.query(`INSERT INTO ${tableOf(session)} (run_id, stream, attempt, counts, receipt) VALUES ($1, $2, $3, $4, $5)`, [
    runId,
    receipt.stream,
    attempt,
    receipt.counts,
    receipt,
  ])
}
