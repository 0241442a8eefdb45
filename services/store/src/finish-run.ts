/** The end of an attempt: completed, failed, retried or cancelled. Each is one transaction, and the log ends with it. */

import { failureCatalogue } from '@aiia/core/failures/catalogue'
import type { Failure } from '@aiia/core/failures/failure'
import { backoffMs } from '@aiia/core/job-run/backoff'
import { ingested, type RecordCounts } from '@aiia/core/job-run/counts'
import { type LogEntry, logTime } from '@aiia/core/job-run/log-line'
import { type FinalStatus, isFinal, type JobRunStatus } from '@aiia/core/job-run/status'
import type { TransactionClient } from '@aiia/prisma/client'
import { appendLines, countColumns } from './append-lines.ts'
import { note } from './audit.ts'
import type { Claim, Held } from './claim-run.ts'
import type { StoreContext } from './context.ts'
import { RunAlreadyFinalError, RunNotFoundError } from './errors.ts'
import type { Notice } from './notice.ts'
import { type Progress, saveProgress } from './record-progress.ts'
import { recordTransition, thePlatform, workerName } from './transition.ts'

const noticed = { id: true, connectorId: true, revision: true, lastLogSeq: true } as const

/** No worker holds an ended run, and it keeps no secret. */
const released = { leaseOwner: null, leaseUntil: null } as const
const ended = { ...released, credentialsSealed: null } as const

const line = (level: LogEntry['level'], message: string): LogEntry => ({ at: new Date(), level, message })

/** With `leaseUntil`, somebody else's attempt, and only as long as its lease has not been renewed. */
type HeldUntil = Held & Pick<Claim, 'worker'> & { leaseUntil?: Date }

const actorOf = ({ worker, leaseUntil }: HeldUntil): string => (leaseUntil === undefined ? workerName(worker) : thePlatform)

/** By the database's clock: those of the processes differ, and a run's duration must not depend on which one ended it. */
const timesOf = async (transaction: TransactionClient, runId: string): Promise<{ now: Date; durationMs: number }> => {
  const [times] = await transaction.$queryRaw<{ now: Date; durationMs: number }[]>`
    SELECT clock_timestamp() AS now, (extract(epoch FROM clock_timestamp() - coalesce(started_at, clock_timestamp())) * 1000)::float8 AS "durationMs"
    FROM platform.job_runs WHERE id = ${runId}`
  if (times === undefined) throw new RunNotFoundError('There is no such run.')
  return times
}

const whereHeld = ({ runId, attempt, fence, leaseUntil }: HeldUntil) =>
  ({ id: runId, status: 'RUNNING', attempt, fence, ...(leaseUntil !== undefined && { leaseUntil }) }) as const

/** RUNNING → COMPLETED. @returns null when the attempt no longer holds the run */
export const completeRun = async (
  { prisma }: StoreContext,
  held: Held & Pick<Claim, 'worker'>,
  progress: Omit<Progress, 'rowsPerSecond'> & { counts: RecordCounts },
): Promise<Notice | null> =>
  prisma.$transaction(async (transaction) => {
    const { now, durationMs } = await timesOf(transaction, held.runId)
    const lines = [...(progress.lines ?? []), completionLine(progress.counts, durationMs)]
    const [notice] = await transaction.jobRun.updateManyAndReturn({
      where: whereHeld(held),
      data: {
        status: 'COMPLETED',
        finishedAt: now,
        revision: { increment: 1 },
        lastLogSeq: { increment: lines.length },
        rowsPerSecond: durationMs > 0 ? (progress.counts.read / durationMs) * 1_000 : null,
        ...countColumns(progress.counts),
        ...ended,
      },
      select: noticed,
    })
    if (notice === undefined) return null
    await saveProgress(transaction, held, notice.lastLogSeq, { ...progress, lines })
    await recordTransition(transaction, { ...held, from: 'RUNNING', by: workerName(held.worker), reason: 'All streams are committed.' })
    return notice
  })

export type AttemptEnd = { notice: Notice; outcome: 'retrying' | 'failed' }

export type FailedAttempt = Progress & {
  failure: Failure
  /** In [0, 1): spreads the new attempts of runs that failed together. */
  random: number
  /** What the source asked for. */
  retryAfterMs?: number | undefined
  /** Hands the run over at once, and does not count against `maxAttempts`: the worker stops, and nothing is wrong. */
  handover?: boolean
}

/**
 * RUNNING → PENDING as a new attempt when the failure may pass and attempts are left, else FAILED or ERROR as the
 * catalogue says.
 *
 * @returns null when the attempt no longer holds the run
 */
export const failAttempt = async (
  { prisma }: StoreContext,
  claim: HeldUntil & Pick<Claim, 'maxAttempts'>,
  end: FailedAttempt,
): Promise<AttemptEnd | null> => {
  const again = end.handover || (end.failure.retryable && claim.attempt < claim.maxAttempts)
  return prisma.$transaction((transaction) => (again ? retryLater(transaction, claim, end) : endFailed(transaction, claim, end)))
}

const retryLater = async (
  transaction: TransactionClient,
  claim: HeldUntil & Pick<Claim, 'maxAttempts'>,
  end: FailedAttempt,
): Promise<AttemptEnd | null> => {
  const { failure, random, retryAfterMs, handover } = end
  const waitMs = handover ? 0 : backoffMs(claim.attempt, random, retryAfterMs)
  const { now } = await timesOf(transaction, claim.runId)
  const availableAt = new Date(now.getTime() + waitMs)
  const why = handover
    ? line('WARN', `The worker is stopping. Another one takes this run over as attempt ${claim.attempt + 1}.`)
    : line('WARN', `Attempt ${claim.attempt} of ${claim.maxAttempts} failed with ${failure.code}. Next attempt at ${logTime(availableAt)}.`)
  const lines = [...(end.lines ?? []), ...(handover ? [] : [line('ERROR', failure.message)]), why]
  const [notice] = await transaction.jobRun.updateManyAndReturn({
    where: whereHeld(claim),
    data: {
      status: 'PENDING',
      attempt: { increment: 1 },
      ...(handover && { maxAttempts: { increment: 1 } }),
      availableAt,
      revision: { increment: 1 },
      lastLogSeq: { increment: lines.length },
      rowsPerSecond: null,
      ...(end.counts && countColumns(end.counts)),
      ...released,
    },
    select: noticed,
  })
  if (notice === undefined) return null
  await saveProgress(transaction, claim, notice.lastLogSeq, { ...end, lines })
  await closeSteps(transaction, claim, 'FAILED')
  await transaction.outboxEntry.create({ data: { runId: claim.runId, attempt: claim.attempt + 1, availableAt } })
  await recordTransition(transaction, {
    ...claim,
    from: 'RUNNING',
    by: actorOf(claim),
    reason: why.message,
    failure: handover ? undefined : failure,
  })
  return { notice, outcome: 'retrying' }
}

const endFailed = async (transaction: TransactionClient, held: HeldUntil, end: FailedAttempt): Promise<AttemptEnd | null> => {
  const { status } = failureCatalogue[end.failure.code]
  const { now } = await timesOf(transaction, held.runId)
  const lines = [
    ...(end.lines ?? []),
    line('INFO', await committedSoFar(transaction, held.runId)),
    line('ERROR', end.failure.message),
    abortLine(status),
  ]
  const [notice] = await transaction.jobRun.updateManyAndReturn({
    where: whereHeld(held),
    data: {
      status,
      finishedAt: now,
      failure: end.failure,
      revision: { increment: 1 },
      lastLogSeq: { increment: lines.length },
      rowsPerSecond: null,
      ...(end.counts && countColumns(end.counts)),
      ...ended,
    },
    select: noticed,
  })
  if (notice === undefined) return null
  await saveProgress(transaction, held, notice.lastLogSeq, { ...end, lines })
  await closeSteps(transaction, held, 'FAILED')
  const { failure } = end
  await recordTransition(transaction, { ...held, from: 'RUNNING', by: actorOf(held), reason: failure.message, failure })
  return { notice, outcome: 'failed' }
}

const abortLine = (status: FinalStatus): LogEntry => line('FATAL', `Job aborted with state ${status}.`)

/** What the attempt was at ends with it; what it had not begun is skipped. */
const closeSteps = async (
  transaction: TransactionClient,
  { runId, attempt }: Pick<Held, 'runId' | 'attempt'>,
  status: 'FAILED' | 'CANCELLED',
) => {
  await transaction.jobStep.updateMany({ where: { runId, attempt, status: 'RUNNING' }, data: { status, finishedAt: new Date() } })
  await transaction.jobStep.updateMany({ where: { runId, attempt, status: 'PENDING' }, data: { status: 'SKIPPED' } })
}

/**
 * PENDING or RUNNING → CANCELLED, at once and for good: a worker that still works on it can write nothing from here on.
 *
 * @param by who, as the log names them
 * @returns `wasRunning`: a worker has to be told
 * @throws RunNotFoundError, RunAlreadyFinalError
 */
export const cancelRun = async (
  { prisma, actor }: StoreContext,
  { runId, by }: { runId: string; by: string },
): Promise<{ run: { id: string; number: number }; notice: Notice; wasRunning: boolean }> =>
  prisma.$transaction(async (transaction) => {
    const [before] = await transaction.$queryRaw<{ status: JobRunStatus; number: number; attempt: number }[]>`
      SELECT status::text, number, attempt FROM platform.job_runs WHERE id = ${runId} FOR UPDATE`
    if (before === undefined) throw new RunNotFoundError('There is no such run.')
    if (isFinal(before.status)) throw new RunAlreadyFinalError(before.status)
    const { now } = await timesOf(transaction, runId)
    const lines = [line('WARN', `Cancelled by ${by}. ${await committedSoFar(transaction, runId)}`), abortLine('CANCELLED')]
    const notice = await transaction.jobRun.update({
      where: { id: runId },
      data: {
        status: 'CANCELLED',
        finishedAt: now,
        revision: { increment: 1 },
        lastLogSeq: { increment: lines.length },
        rowsPerSecond: null,
        ...ended,
      },
      select: noticed,
    })
    await appendLines(transaction, runId, notice.lastLogSeq, lines)
    await closeSteps(transaction, { runId, attempt: before.attempt }, 'CANCELLED')
    await transaction.outboxEntry.deleteMany({ where: { runId } })
    await recordTransition(transaction, { runId, attempt: before.attempt, from: before.status, by, reason: 'Cancelled.' })
    await note(transaction, actor, {
      action: 'RUN_CANCELLED',
      subject: { kind: 'RUN', id: runId, name: `#${before.number}` },
      details: { was: before.status },
    })
    return { run: { id: runId, number: before.number }, notice, wasRunning: before.status === 'RUNNING' }
  })

/** What a run that does not complete leaves in the destination. */
const committedSoFar = async (transaction: TransactionClient, runId: string): Promise<string> => {
  const [commits, intents] = await Promise.all([
    transaction.streamCommit.findMany({ where: { runId }, select: { stream: true }, orderBy: { committedAt: 'asc' } }),
    transaction.commitIntent.findMany({ where: { runId }, select: { stream: true } }),
  ])
  const [committed, unknown] = [commits, intents].map((streams) => streams.map(({ stream }) => `"${stream}"`).join(', '))
  if (intents.length > 0)
    return `${commits.length === 0 ? '' : `Committed before: ${committed}. `}Whether ${unknown} was committed is not known: the worker was lost at that moment, and the destination is on another server. The next run brings it up to date. Any other stream is as it was.`
  return commits.length === 0
    ? 'No records of this run were committed.'
    : `Committed before: ${committed}. All other streams are as they were.`
}

/** The last line of a run that completed. */
const completionLine = (counts: RecordCounts, durationMs: number): LogEntry => {
  const shown = (value: number) => value.toLocaleString('en-US')
  const parts = (['inserted', 'updated', 'unchanged', 'deleted', 'superseded', 'rejected'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => `${shown(counts[name])} ${name}`)
  const detail = parts.length === 0 ? '' : ` (${parts.join(', ')})`
  return line('INFO', `Job completed. ${shown(ingested(counts))} records ingested${detail} in ${(durationMs / 1_000).toFixed(1)} s.`)
}
