/** A sync is asked for: one transaction writes the run and the delivery that it needs. */

import type { Actor, AuditNote } from '@aiia/core/audit/audit'
import type { JobTrigger } from '@aiia/core/job-run/status'
import type { Replay, RunConfiguration } from '@aiia/core/sync/configuration'
import { Prisma, type TransactionClient } from '@aiia/prisma/client'
import { findActiveRun } from './active-run.ts'
import { note } from './audit.ts'
import type { StoreContext } from './context.ts'
import { ActiveRunError, ConnectorNotFoundError, UnknownStreamError } from './errors.ts'
import { fromStoredStream } from './stored-streams.ts'
import { recordTransition, theSchedule } from './transition.ts'

export type RunRequest = {
  connectorId: string
  trigger: JobTrigger
  requestedBy: string | null
  retryOfId?: string
  /** Names of streams; omitted: all. */
  streams?: readonly string[]
  full?: boolean
  /** The rows that another run rejected, in place of the source's. */
  replay?: Replay
  /** Why, as the run's history tells it; omitted: as usual for the trigger. */
  reason?: string
  /** A repeated request with the same key gets the first run. */
  idempotencyKey?: string
  scheduledFor?: Date
}

export type RequestedRun = Prisma.JobRunGetPayload<object>

/**
 * @returns the run, and whether this call made it (false: the idempotency key was known)
 * @throws ActiveRunError, ConnectorNotFoundError, UnknownStreamError
 */
export const requestRun = async (
  { prisma, actor }: StoreContext,
  request: RunRequest,
): Promise<{ run: RequestedRun; created: boolean }> => {
  for (;;) {
    const known = await findByKey(prisma, request)
    if (known !== null) return { run: known, created: false }
    // Before a transaction is opened, so that a refusal costs one look, however many come at once.
    const active = await findActiveRun(prisma, request.connectorId)
    if (active !== null) {
      // It may be the one of this key, made since the look above.
      const made = await findByKey(prisma, request)
      if (made !== null) return { run: made, created: false }
      throw new ActiveRunError(active)
    }
    try {
      return { run: await prisma.$transaction((transaction) => insertAndNote(transaction, request, actor)), created: true }
    } catch (error) {
      // Another request was faster; the next look shows its run, or that the way is free again.
      if (!(error instanceof ActiveRunError || isUniqueViolation(error))) throw error
    }
  }
}

const insertAndNote = async (transaction: TransactionClient, request: RunRequest, actor: Actor | undefined): Promise<RequestedRun> => {
  const run = await insertRun(transaction, request)
  await note(transaction, actor, {
    action: request.retryOfId === undefined ? 'RUN_REQUESTED' : 'RUN_RETRIED',
    ...ofRun(run),
  })
  return run
}

/** What the audit log tells of a run that was made. */
export const ofRun = ({ id, number, configuration }: RequestedRun): Pick<AuditNote, 'subject' | 'details'> => {
  const { connector, full } = configuration as unknown as RunConfiguration
  return { subject: { kind: 'RUN', id, name: `#${number}` }, details: { connector: connector.name, ...(full && { full }) } }
}

/**
 * For callers that have a transaction of their own; a unique violation there aborts it, so check for an active run first.
 *
 * @throws ActiveRunError, ConnectorNotFoundError, UnknownStreamError
 */
export const insertRun = async (transaction: TransactionClient, request: RunRequest): Promise<RequestedRun> => {
  // Against a deletion at the same moment: one of the two comes first. Of a burst of requests most end here.
  const active = await transaction.$queryRaw<{ id: string | null; number: number }[]>`
    SELECT r.id, r.number FROM platform.connectors c LEFT JOIN platform.job_runs r ON r.connector_id = c.id AND r.status IN ('PENDING', 'RUNNING')
    WHERE c.id = ${request.connectorId} FOR SHARE OF c`
  for (const { id, number } of active) if (id !== null) throw new ActiveRunError({ id, number })
  const connector = await transaction.connector.findFirst({
    where: { id: request.connectorId, deletedAt: null },
    include: { streams: { orderBy: { position: 'asc' } } },
  })
  if (connector === null) throw new ConnectorNotFoundError('There is no such connector.')
  const run = await transaction.jobRun.create({
    data: {
      connectorId: connector.id,
      trigger: request.trigger,
      requestedBy: request.requestedBy,
      retryOfId: request.retryOfId ?? null,
      idempotencyKey: request.idempotencyKey ?? null,
      scheduledFor: request.scheduledFor ?? null,
      maxAttempts: connector.maxAttempts,
      configuration: freeze(connector, request) as unknown as Prisma.InputJsonObject,
      sourceHost: connector.sourceHost,
      credentialsSealed: connector.credentialsSealed,
    },
  })
  await transaction.outboxEntry.create({ data: { runId: run.id, attempt: run.attempt } })
  const { id: runId, attempt, requestedBy, trigger } = run
  await recordTransition(transaction, {
    runId,
    attempt,
    from: null,
    by: requestedBy ?? theSchedule,
    reason: request.reason ?? reasons[trigger],
  })
  return run
}

const reasons: Record<JobTrigger, string> = {
  MANUAL: 'Sync Now was clicked.',
  API: 'Requested through the API.',
  RETRY: 'Retry of a run that did not complete.',
  SCHEDULED: 'Its time in the schedule had come.',
}

type ConnectorWithStreams = Prisma.ConnectorGetPayload<{ include: { streams: true } }>

const freeze = (connector: ConnectorWithStreams, { streams: wanted, full = false, replay }: RunRequest): RunConfiguration => {
  const unknown = (wanted ?? []).filter((name) => !connector.streams.some((stream) => stream.name === name))
  if (unknown.length > 0) throw new UnknownStreamError(unknown)
  const { id, name, kind, settings, connectTimeoutSeconds, maxDurationSeconds, maxAttempts, memoryMb } = connector
  return {
    connector: { id, name, kind },
    settings,
    streams: connector.streams.filter((stream) => wanted?.includes(stream.name) ?? true).map(fromStoredStream),
    limits: { connectTimeoutSeconds, maxDurationSeconds, maxAttempts, memoryMb },
    full,
    ...(replay && { replay }),
  }
}

const findByKey = async (prisma: StoreContext['prisma'], { connectorId, idempotencyKey }: RunRequest): Promise<RequestedRun | null> =>
  idempotencyKey === undefined ? null : prisma.jobRun.findUnique({ where: { connectorId_idempotencyKey: { connectorId, idempotencyKey } } })

export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
