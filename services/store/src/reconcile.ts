/** Finds what a crash left behind. Any number of daemons may do this at once. */

import { SyncError, toFailure } from '@aiia/core/failures/failure'
import type { TransactionClient } from '@aiia/prisma/client'
import type { Claim } from './claim-run.ts'
import type { StoreContext } from './context.ts'
import { failAttempt } from './finish-run.ts'
import type { Notice } from './notice.ts'

type LostRun = Pick<Claim, 'runId' | 'attempt' | 'fence' | 'maxAttempts' | 'worker'> & { leaseUntil: Date }

/** A RUNNING run whose lease ran out starts a new attempt, or ends WORKER_LOST. @returns what to tell on the feed */
export const endLostRuns = async (context: StoreContext, { random }: { random: () => number }): Promise<Notice[]> => {
  const lost = await context.prisma.$queryRaw<LostRun[]>`
    SELECT id AS "runId", attempt, fence, max_attempts AS "maxAttempts", lease_owner AS worker, lease_until AS "leaseUntil"
    FROM platform.job_runs WHERE status = 'RUNNING' AND lease_until < now() ORDER BY lease_until LIMIT 100`
  const notices: Notice[] = []
  for (const run of lost) {
    const failure = toFailure(new SyncError('WORKER_LOST', `The worker ${run.worker} stopped answering during attempt ${run.attempt}.`))
    // Compare-and-set on fence and lease: of several daemons one succeeds, and a worker that came back in time keeps its run.
    const end = await failAttempt(context, run, { failure: { ...failure, trace: null }, random: random() })
    if (end !== null) notices.push(end.notice)
  }
  return notices
}

/**
 * A PENDING run whose delivery the queue lost gets a new one. A run that only waits for a free slot gets one too, which
 * is harmless.
 *
 * @param olderThanMs how long a run may wait before its delivery counts as lost
 */
export const requeueForgotten = async (
  { prisma }: { prisma: Pick<TransactionClient, '$executeRaw'> },
  { olderThanMs }: { olderThanMs: number },
): Promise<number> =>
  prisma.$executeRaw`
    INSERT INTO platform.outbox (run_id, attempt)
    SELECT r.id, r.attempt FROM platform.job_runs r
    WHERE r.status = 'PENDING' AND r.available_at < now() - ${olderThanMs} * interval '1 millisecond'
      AND NOT EXISTS (SELECT FROM platform.outbox o WHERE o.run_id = r.id)
    ON CONFLICT DO NOTHING`
