/** Writes how an attempt ended, whatever the database does meanwhile. */

import { setTimeout as wait } from 'node:timers/promises'
import { type Failure, SyncError, toFailure } from '@aiia/core/failures/failure'
import type { RecordCounts } from '@aiia/core/job-run/counts'
import type { Logger } from '@aiia/kit/logger'
import type { Feed } from '@aiia/messaging/feed'
import type { Claim } from '@aiia/store/claim-run'
import type { StoreContext } from '@aiia/store/context'
import { completeRun, type FailedAttempt, failAttempt } from '@aiia/store/finish-run'
import type { Notice } from '@aiia/store/notice'
import { isOutOfResources } from '@aiia/store/out-of-resources'
import type { Progress } from '@aiia/store/record-progress'

export type Outcome =
  | { type: 'completed'; counts: RecordCounts }
  | { type: 'failed'; failure: Failure; retryAfterMs?: number | undefined }
  | { type: 'lost' }
  | { type: 'handed-over' }

type SettleContext = StoreContext & { feed: Feed; log: Logger }

/**
 * A refusal of the store means that the run is somebody else's: then there is nothing to write. An end that the database
 * does not take is a defect of ours, and the run ends INTERNAL with what it said, rather than never.
 *
 * @param rest what the attempt reported and is not written yet
 */
export const settleAttempt = async (context: SettleContext, claim: Claim, outcome: Outcome, rest: Progress): Promise<void> => {
  if (outcome.type === 'lost') return
  try {
    await tell(context, await untilWritten(context, () => write(context, claim, outcome, rest)))
  } catch (error) {
    const failure = toFailure(error)
    context.log.error({ err: error, runId: claim.runId, reference: failure.reference }, 'the end of a run was refused by the database')
    await tell(context, await untilWritten(context, () => fail(context, claim, { failure })))
  }
}

const write = (
  context: SettleContext,
  claim: Claim,
  outcome: Exclude<Outcome, { type: 'lost' }>,
  rest: Progress,
): Promise<Notice | null> => {
  switch (outcome.type) {
    case 'completed':
      return completeRun(context, claim, { ...rest, counts: outcome.counts })
    case 'failed':
      return fail(context, claim, { ...rest, failure: outcome.failure, retryAfterMs: outcome.retryAfterMs })
    case 'handed-over': {
      const failure = toFailure(new SyncError('WORKER_LOST', 'The worker is stopping.'))
      return fail(context, claim, { ...rest, failure, handover: true })
    }
  }
}

const fail = async (context: SettleContext, claim: Claim, end: Omit<FailedAttempt, 'random'>): Promise<Notice | null> =>
  (await failAttempt(context, claim, { ...end, random: Math.random() }))?.notice ?? null

const tell = async ({ feed }: SettleContext, notice: Notice | null): Promise<void> => {
  if (notice !== null) await feed.publish('job-run', notice)
}

/** A write that fails this often while the database answers is refused. */
const mostRefusals = 5

/** While the database is away, or full, the end of the run is kept and written when it can be; the lease may run out meanwhile. */
const untilWritten = async <T>({ prisma, log }: SettleContext, attempt: () => Promise<T>): Promise<T> => {
  const answers = () =>
    prisma.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    )
  let refusals = 0
  for (let waitMs = 200; ; waitMs = Math.min(waitMs * 2, 5_000)) {
    try {
      return await attempt()
    } catch (error) {
      if (!isOutOfResources(error) && (await answers())) refusals += 1
      if (refusals === mostRefusals) throw error
      log.warn({ err: error }, 'the end of a run was not written, will try again')
      await wait(waitMs)
    }
  }
}
