/** One Data Refresh Job, as everybody sees it. */

import type { Failure as FailureShape } from '@aiia/core/failures/failure'
import type { StreamReceipt as Receipt } from '@aiia/core/sync/receipt'
import type { SourceSilence } from '../errors.ts'
import { builder } from './builder.ts'
import { JobRunStatus, JobTrigger, LogLevel } from './enums.ts'
import { Failure } from './failure.ts'
import { attemptsOfRun, JobRunAttempt } from './job-run-history.ts'
import { JobStep } from './job-step.ts'
import { LogPage } from './log-page.ts'
import { RatePoint, ratePoints } from './rate-point.ts'
import { countColumns, RecordCounts } from './record-counts.ts'
import { RunComparison } from './run-comparison.ts'
import { runLog } from './run-log.ts'
import { StreamReceipt } from './stream-receipt.ts'

export const JobRun = builder.prismaNode('JobRun', {
  id: { field: 'id' },
  // Fields name the columns that they read: a page of connectors has a thousand runs.
  select: { id: true },
  nullable: true,
  description: 'One Data Refresh Job: one execution of a connector.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Sequential over the whole platform; shown as #14802.' }),
    connector: t.relation('connector', { description: 'What was executed. A deleted connector is still named here.' }),
    status: t.expose('status', { type: JobRunStatus, description: 'Where the run is.' }),
    pendingReason: t.string({
      nullable: true,
      description: 'Why a PENDING run is not running yet; null in its first five seconds.',
      select: { number: true, status: true, queuedAt: true, availableAt: true, attempt: true, sourceHost: true },
      resolve: async (run, _args, { batches }) => {
        if (run.status !== 'PENDING') return null
        // The live hub has asked already, once for all who watch.
        return hasReason(run) ? run.pendingReason : ((await batches.pendingReason.load(run)) ?? null)
      },
    }),
    trigger: t.expose('trigger', { type: JobTrigger, description: 'What started it.' }),
    requestedBy: t.exposeString('requestedBy', { nullable: true, description: 'Who asked for it; null for the schedule.' }),
    retryOf: t.relation('retryOf', { nullable: true, description: 'The run that this one tries again.' }),
    attempt: t.exposeInt('attempt', { description: 'The current attempt, from 1.' }),
    maxAttempts: t.exposeInt('maxAttempts', { description: 'Attempts that a failure which may pass is given.' }),
    queuedAt: t.expose('queuedAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When a worker took it.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    durationMs: t.field({
      type: 'Long',
      nullable: true,
      description: 'From start to end, or to now while it runs.',
      select: { startedAt: true, finishedAt: true },
      resolve: ({ startedAt, finishedAt }) => (startedAt ? Math.max(0, (finishedAt ?? new Date()).getTime() - startedAt.getTime()) : null),
    }),
    counts: t.field({ type: RecordCounts, description: 'What became of its rows.', select: countColumns, resolve: (run) => run }),
    rowsPerSecond: t.exposeFloat('rowsPerSecond', {
      nullable: true,
      description: 'How fast rows come in, now or on average when it ended.',
    }),
    rateSeries: t.field({
      type: [RatePoint],
      description:
        'How many rows it had read when, to draw how fast they came: at most 240 points however long it is, kept as long as the run. Each attempt begins again at 0.',
      select: { startedAt: true },
      resolve: async ({ id, startedAt }, _args, { batches }) => ratePoints(startedAt, await batches.rateSeries.load(id)),
    }),
    steps: t.field({
      type: [JobStep],
      description: 'Steps of the current attempt, in order.',
      select: { attempt: true, steps: { orderBy: [{ attempt: 'asc' }, { position: 'asc' }] } },
      resolve: ({ steps, attempt }) => steps.filter((step) => step.attempt === attempt),
    }),
    attempts: t.field({
      type: [JobRunAttempt],
      description: 'Its attempts so far, in order; none while it waits for its first.',
      select: { ...countColumns, lastLogSeq: true, transitions: { orderBy: { revision: 'asc' } } },
      resolve: (run) => attemptsOfRun(run),
    }),
    transitions: t.relation('transitions', {
      description: 'What happened to it: each change of its status, in order.',
      query: { orderBy: { revision: 'asc' } },
    }),
    failure: t.field({
      type: Failure,
      nullable: true,
      description: 'Why it ended FAILED or ERROR, or why its last attempt failed.',
      select: { failure: true },
      resolve: ({ failure }) => failure as FailureShape | SourceSilence | null,
    }),
    changesSinceLastGood: t.field({
      type: RunComparison,
      nullable: true,
      description: 'What differs from the last run of its connector that completed before it; null when there is none, and for a replay.',
      resolve: ({ id }, _args, { batches }) => batches.lastGoodRun.load(id),
    }),
    revision: t.exposeInt('revision', { description: 'Grows with every change; a client keeps the highest it saw.' }),
    lastLogSeq: t.exposeInt('lastLogSeq', { description: 'Sequence number of the newest log line, 0 when there is none.' }),
    logRemovedAt: t.expose('logRemovedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its log was removed, as the connector’s retention says.',
    }),
    rejectedRowsRemovedAt: t.expose('rejectedRowsRemovedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its rejected rows were removed, as the connector’s retention says.',
    }),
    logs: t.field({
      type: LogPage,
      description: 'A page of its log: the first lines by default, `last` for the newest.',
      args: {
        afterSeq: t.arg.int({ description: 'Lines after this one.' }),
        beforeSeq: t.arg.int({ description: 'Lines before this one.' }),
        first: t.arg.int({ description: 'How many, from the start; 200 by default, 1,000 at most.' }),
        last: t.arg.int({ description: 'How many, from the end.' }),
        levels: t.arg({ type: [LogLevel], description: 'Only lines of these levels.' }),
        search: t.arg.string({ description: 'Only lines with this text, whatever its case.' }),
      },
      resolve: ({ id }, args, { prisma }) => runLog({ prisma }, id, args),
    }),
    receipt: t.field({
      type: [StreamReceipt],
      description: 'What it states about each stream that it has committed, in the order of the commits; not those of earlier releases.',
      select: { streamCommits: { orderBy: [{ committedAt: 'asc' }, { stream: 'asc' }] } },
      resolve: ({ streamCommits }) => streamCommits.flatMap(({ receipt }) => (receipt === null ? [] : [receipt as unknown as Receipt])),
    }),
    rejectedRows: t.prismaConnection({
      type: 'RejectedRow',
      cursor: 'runId_ordinal',
      description: 'Rows that failed validation, in the order in which they were found.',
      resolve: (query, { id }, _args, { prisma }) =>
        prisma.rejectedRow.findMany({ ...query, where: { runId: id }, orderBy: { ordinal: 'asc' } }),
    }),
  }),
})

const hasReason = (run: object): run is { pendingReason: string | null } => 'pendingReason' in run
