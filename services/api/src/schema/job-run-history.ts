/** What happened to a run: each change of its status, and its attempts. */

import type { Failure as FailureShape } from '@aiia/core/failures/failure'
import { type JobRunAttempt as Attempt, type AttemptOutcome, attemptOutcomes, attemptsOf } from '@aiia/core/job-run/attempt'
import type { RecordCounts as Counts } from '@aiia/core/job-run/counts'
import type { Prisma } from '@aiia/prisma/client'
import { builder } from './builder.ts'
import { describe, JobRunStatus } from './enums.ts'
import { Failure } from './failure.ts'
import { RecordCounts, type StoredCounts, toStoredCounts } from './record-counts.ts'

export const JobRunTransition = builder.prismaObject('JobRunTransition', {
  description: 'One change of a run’s status. The database keeps no change without one.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
    from: t.expose('fromStatus', { type: JobRunStatus, nullable: true, description: 'null for the request.' }),
    to: t.expose('toStatus', { type: JobRunStatus, description: 'The status from then on.' }),
    attempt: t.exposeInt('attempt', { description: 'The attempt that began or ended.' }),
    by: t.exposeString('by', { description: 'Who or what: a person, an API token, the schedule, a worker, the platform.' }),
    reason: t.exposeString('reason', { description: 'Why, in one sentence.' }),
  }),
})

const outcomes = describe<AttemptOutcome>(attemptOutcomes, {
  RUNNING: 'It goes on.',
  COMPLETED: 'It completed the run.',
  FAILED: 'It failed; the run tries again or ended with it.',
  ERROR: 'The data or its shape is wrong; the run ended with it.',
  CANCELLED: 'It was cancelled with the run.',
  HANDED_OVER: 'Its worker was stopped; another one went on. Does not count against `maxAttempts`.',
})
const JobRunAttemptOutcome = builder.enumType('JobRunAttemptOutcome', { description: 'How an attempt ended.', values: outcomes })

export const JobRunAttempt = builder.objectRef<AttemptOfRun>('JobRunAttempt').implement({
  description: 'One attempt of a run, with its own counts and its own section of the log.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'From 1.' }),
    worker: t.exposeString('worker', { description: 'The worker that took it.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When the worker took it.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    outcome: t.expose('outcome', { type: JobRunAttemptOutcome, description: 'How it ended.' }),
    counts: t.field({ type: RecordCounts, description: 'What became of its rows.', resolve: ({ stored }) => stored }),
    failure: t.expose('failure', { type: Failure, nullable: true, description: 'Why it failed.' }),
    firstLogSeq: t.exposeInt('firstLogSeq', { description: 'Its section of the log begins here.' }),
    lastLogSeq: t.exposeInt('lastLogSeq', { description: 'Its section of the log ends here; less than `firstLogSeq` where it is empty.' }),
  }),
})

type AttemptOfRun = Omit<Attempt, 'lastLogSeq' | 'counts'> & { lastLogSeq: number; stored: StoredCounts }

type RunWithHistory = StoredCounts & Prisma.JobRunGetPayload<{ select: { lastLogSeq: true; transitions: true } }>

/** The attempt that goes on has the counts and the log of the run as they are now. */
export const attemptsOfRun = (run: RunWithHistory): AttemptOfRun[] => {
  const history = run.transitions.map(({ counts, failure, ...transition }) => ({
    ...transition,
    counts: counts as Counts | null,
    failure: failure as FailureShape | null,
  }))
  return attemptsOf(history).map(({ counts, lastLogSeq, ...attempt }) => ({
    ...attempt,
    lastLogSeq: lastLogSeq ?? run.lastLogSeq,
    stored: counts === null ? run : toStoredCounts(counts),
  }))
}
