/** The attempts of a run, as its history tells them. */

import type { Failure } from '../failures/failure.ts'
import type { RecordCounts } from './counts.ts'
import type { JobRunStatus } from './status.ts'

/** One change of a run's status. */
export type RunTransition = {
  at: Date
  /** The attempt that began or ended. */
  attempt: number
  /** null for the request. */
  fromStatus: JobRunStatus | null
  toStatus: JobRunStatus
  /** Who or what did it. */
  by: string
  /** The run's newest log line after the change. */
  lastLogSeq: number
  /** Where an attempt ended: what it had done. */
  counts: RecordCounts | null
  /** Where an attempt failed: why. */
  failure: Failure | null
}

export const attemptOutcomes = ['RUNNING', 'COMPLETED', 'FAILED', 'ERROR', 'CANCELLED', 'HANDED_OVER'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

export type JobRunAttempt = {
  /** From 1. */
  number: number
  /** The worker that took it. */
  worker: string
  startedAt: Date
  /** The next three are null while it goes on. */
  finishedAt: Date | null
  counts: RecordCounts | null
  lastLogSeq: number | null
  outcome: AttemptOutcome
  failure: Failure | null
  /** Its log section begins here; where it wrote nothing, this is one more than `lastLogSeq`. */
  firstLogSeq: number
}

/** @param history in order */
export const attemptsOf = (history: readonly RunTransition[]): JobRunAttempt[] =>
  history
    .filter(({ toStatus }) => toStatus === 'RUNNING')
    .map((start) => {
      const end = history.find(({ attempt, fromStatus }) => attempt === start.attempt && fromStatus === 'RUNNING')
      return {
        number: start.attempt,
        worker: start.by,
        startedAt: start.at,
        finishedAt: end?.at ?? null,
        counts: end?.counts ?? null,
        lastLogSeq: end?.lastLogSeq ?? null,
        outcome: outcomeOf(end),
        failure: end?.failure ?? null,
        firstLogSeq: start.lastLogSeq + 1,
      }
    })

const outcomeOf = (end: RunTransition | undefined): AttemptOutcome => {
  // From RUNNING a run goes back to PENDING for a new attempt only, after a failure or because its worker stops.
  if (end === undefined || end.toStatus === 'RUNNING') return 'RUNNING'
  if (end.toStatus !== 'PENDING') return end.toStatus
  return end.failure === null ? 'HANDED_OVER' : 'FAILED'
}
