/** The question of a commit: is this attempt still the run's owner? */

import type { StreamReceipt } from '@aiia/core/sync/receipt'
import type { Held } from './claim-run.ts'

/**
 * Notes the stream as committed, with its receipt, and returns one row while the run is RUNNING and this attempt holds it, and locks the
 * run: a cancel or a new claim waits until the transaction of the commit has ended, so one truth comes out.
 *
 * @param receipt null for a commit that makes no records visible
 */
export const fenceQuery = ({ runId, attempt, fence }: Held, receipt: StreamReceipt | null): { text: string; values: unknown[] } =>
  receipt === null
    ? { text: held, values: [runId, attempt, fence] }
    : {
        text: `WITH held AS (${held})
          INSERT INTO platform.stream_commits (run_id, stream, attempt, receipt) SELECT id, $4, $2, $5::jsonb FROM held RETURNING stream`,
        values: [runId, attempt, fence, receipt.stream, JSON.stringify(receipt)],
      }

const held = `SELECT id FROM platform.job_runs WHERE id = $1 AND status = 'RUNNING' AND attempt = $2 AND fence = $3 FOR UPDATE`
