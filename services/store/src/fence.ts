/** The question of a commit: is this attempt still the run's owner? */

import type { StreamReceipt } from '@aiia/core/sync/receipt'
import type { Held } from './claim-run.ts'

/**
 * Notes the stream as committed, with its receipt, and returns one row while the run is RUNNING and this attempt holds it, and locks the
 * run: a cancel or a new claim waits until the transaction of the commit has ended, so one truth comes out. A stream that an
 * earlier attempt has noted stays that attempt's.
 *
 * @param receipt null for a commit that makes no records visible
 */
export const fenceQuery = ({ runId, attempt, fence }: Held, receipt: StreamReceipt | null): { text: string; values: unknown[] } =>
  receipt === null
    ? { text: held, values: [runId, attempt, fence] }
    : {
        text: `WITH held AS (${held}),
          meant AS (DELETE FROM platform.commit_intents i USING held WHERE i.run_id = held.id AND i.stream = $4)
          INSERT INTO platform.stream_commits (run_id, stream, attempt, receipt) SELECT id, $4, $2, $5::jsonb FROM held
          ON CONFLICT (run_id, stream) DO UPDATE SET receipt = EXCLUDED.receipt RETURNING stream`,
        values: [runId, attempt, fence, receipt.stream, JSON.stringify(receipt)],
      }

const held = `SELECT id FROM platform.job_runs WHERE id = $1 AND status = 'RUNNING' AND attempt = $2 AND fence = $3 FOR UPDATE`

/**
 * Before a commit on another server, in a transaction of its own: whoever finds this run without its worker then knows that
 * the stream may be committed. Returns one row while this attempt holds the run.
 */
export const intentQuery = ({ runId, attempt, fence }: Held, stream: string): { text: string; values: unknown[] } => ({
  text: `WITH held AS (${held}) INSERT INTO platform.commit_intents (run_id, stream, attempt) SELECT id, $4, $2 FROM held
    ON CONFLICT (run_id, stream) DO UPDATE SET attempt = EXCLUDED.attempt RETURNING stream`,
  values: [runId, attempt, fence, stream],
})

/** The commit has certainly not happened. */
export const intentGivenUpQuery = ({ runId, attempt }: Held, stream: string): { text: string; values: unknown[] } => ({
  text: 'DELETE FROM platform.commit_intents WHERE run_id = $1 AND attempt = $2 AND stream = $3',
  values: [runId, attempt, stream],
})
