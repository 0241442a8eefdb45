/** What was committed, written in the commit's own transaction: a repeated attempt finds its own commit. */

import type { RecordCounts } from '@aiia/core/job-run/counts'
import { quote } from './identifiers.ts'
import type { DestinationSession } from './session.ts'

export const findCommit = async (
  { query, staging }: DestinationSession,
  runId: string,
  stream: string,
): Promise<{ attempt: number; counts: RecordCounts } | null> => {
  const { rows } = await query<{ attempt: number; counts: RecordCounts }>(
    `SELECT attempt, counts FROM ${quote(staging)}.ledger WHERE run_id = $1 AND stream = $2`,
    [runId, stream],
  )
  return rows[0] ?? null
}

type Entry = { runId: string; stream: string; attempt: number; counts: RecordCounts }

export const writeCommit = async ({ query, staging }: DestinationSession, { runId, stream, attempt, counts }: Entry): Promise<void> => {
  await query(`INSERT INTO ${quote(staging)}.ledger (run_id, stream, attempt, counts) VALUES ($1, $2, $3, $4)`, [
    runId,
    stream,
    attempt,
    counts,
  ])
}
