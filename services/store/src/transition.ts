/** The history of a run: each change of its status, written in the transaction that makes it. */

import type { Failure } from '@aiia/core/failures/failure'
import { toStorable } from '@aiia/core/job-run/log-line'
import { isFinal, type JobRunStatus } from '@aiia/core/job-run/status'
import type { TransactionClient } from '@aiia/prisma/client'
import { notifyOfEnd } from './notify.ts'

export type Transition = {
  runId: string
  /** The attempt that began or ended. */
  attempt: number
  /** null for the request. */
  from: JobRunStatus | null
  /** Who or what: a person, an API token, the schedule, a worker, the platform. */
  by: string
  /** One sentence for an administrator. */
  reason: string
  failure?: Failure | undefined
}

/** Who acts where nobody asked: what finds runs of lost workers. */
export const thePlatform = 'the platform'
export const theSchedule = 'the schedule'
export const workerName = (worker: string): string => `worker ${worker}`

/**
 * Call it after the change, whose status, revision, counts and log it takes from the run's row. Every end of a run comes
 * through here, so this is where those are told who asked to be.
 */
export const recordTransition = async (
  transaction: TransactionClient,
  { runId, attempt, from, by, reason, failure }: Transition,
): Promise<void> => {
  const [change] = await transaction.$queryRaw<{ to: JobRunStatus }[]>`
    INSERT INTO platform.job_run_transitions (run_id, revision, at, attempt, from_status, to_status, by, reason, last_log_seq, counts, failure)
    SELECT id, revision, coalesce(finished_at, clock_timestamp()), ${attempt}, ${from}::platform.job_run_status, status, ${by}, ${toStorable(reason)}, last_log_seq,
      CASE WHEN ${from} = 'RUNNING' THEN jsonb_build_object('read', read, 'rejected', rejected, 'superseded', superseded, 'inserted', inserted,
        'updated', updated, 'unchanged', unchanged, 'deleted', deleted, 'bytes', bytes, 'expected', expected) END,
      ${failure === undefined ? null : JSON.stringify(failure)}::jsonb
    FROM platform.job_runs WHERE id = ${runId} RETURNING to_status::text AS to`
  if (change !== undefined && isFinal(change.to)) await notifyOfEnd(transaction, runId)
}
