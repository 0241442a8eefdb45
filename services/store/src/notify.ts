/** What happens is told: a delivery for each channel that wants it, written in the transaction in which it happens. */

import type { Failure } from '@aiia/core/failures/failure'
import type { ChannelEvent } from '@aiia/core/notifications/channel'
import type { Notification, RunFacts, ToldFailure } from '@aiia/core/notifications/notification'
import type { Prisma, TransactionClient } from '@aiia/prisma/client'

/** Call it when a run has ended. Most ends interest nobody, and cost one statement. */
export const notifyOfEnd = async (transaction: TransactionClient, runId: string): Promise<void> => {
  const wanted = await transaction.$queryRaw<{ channelId: string; failedRun: number | null }[]>`
    WITH ended AS (
      SELECT r.connector_id, CASE WHEN r.status IN ('FAILED', 'ERROR') THEN 'RUN_FAILED' WHEN r.status = 'COMPLETED' THEN 'RUN_RECOVERED' END AS event, earlier.*
      FROM platform.job_runs r LEFT JOIN LATERAL (
        SELECT p.number AS failed_run, p.status <> 'COMPLETED' AS had_failed FROM platform.job_runs p
        WHERE p.connector_id = r.connector_id AND p.number < r.number AND p.status IN ('COMPLETED', 'FAILED', 'ERROR')
        ORDER BY p.number DESC LIMIT 1) earlier ON r.status = 'COMPLETED'
      WHERE r.id = ${runId})
    SELECT c.id AS "channelId", e.failed_run AS "failedRun"
    FROM ended e JOIN platform.notification_channels c ON c.enabled AND e.event = ANY (c.events) AND (c.all_connectors OR e.connector_id = ANY (c.connector_ids))
    WHERE e.event = 'RUN_FAILED' OR e.had_failed`
  const [first] = wanted
  if (first === undefined) return
  const { connector, run, failure } = await readRun(transaction, runId)
  const content: Notification =
    first.failedRun === null
      ? { event: 'RUN_FAILED', connector, run, failure: toldOf(failure) }
      : { event: 'RUN_RECOVERED', connector, run, failedRun: { number: first.failedRun } }
  await deliver(transaction, wanted, { subject: `run ${runId}`, content })
}

export type MissedSlot = {
  connectorId: string
  scheduledFor: Date
  /** Why there was no run, or why it came late. */
  reason: string
  run: { id: string; number: number } | null
}

export const notifyOfMissedSlot = async (
  transaction: TransactionClient,
  { connectorId, scheduledFor, reason, run }: MissedSlot,
): Promise<void> => {
  const event: ChannelEvent = 'SCHEDULE_MISSED'
  const wanted = await transaction.notificationChannel.findMany({
    where: { enabled: true, events: { has: event }, OR: [{ allConnectors: true }, { connectorIds: { has: connectorId } }] },
    select: { id: true },
  })
  if (wanted.length === 0) return
  const connector = await transaction.connector.findUniqueOrThrow({ where: { id: connectorId }, select: { id: true, name: true } })
  await deliver(
    transaction,
    wanted.map(({ id }) => ({ channelId: id })),
    {
      subject: `slot ${connectorId} ${scheduledFor.toISOString()}`,
      content: { event, connector, scheduledFor: scheduledFor.toISOString(), reason, run: run && { id: run.id, number: run.number } },
    },
  )
}

const deliver = async (
  transaction: TransactionClient,
  channels: readonly { channelId: string }[],
  { subject, content }: { subject: string; content: Notification },
): Promise<void> => {
  await transaction.notificationDelivery.createMany({
    data: channels.map(({ channelId }) => ({
      channelId,
      event: content.event,
      subject,
      content: content as unknown as Prisma.InputJsonObject,
    })),
    skipDuplicates: true,
  })
}

const readRun = async (transaction: TransactionClient, runId: string) => {
  const run = await transaction.jobRun.findUniqueOrThrow({
    where: { id: runId },
    include: { connector: { select: { id: true, name: true } } },
  })
  const { id, number, status, trigger, attempt, startedAt } = run
  // The run has ended.
  const finishedAt = run.finishedAt ?? new Date()
  const facts: RunFacts = {
    id,
    number,
    status,
    trigger,
    attempt,
    queuedAt: run.queuedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt.toISOString(),
    durationMs: startedAt && finishedAt.getTime() - startedAt.getTime(),
    counts: {
      read: Number(run.read),
      rejected: Number(run.rejected),
      superseded: Number(run.superseded),
      inserted: Number(run.inserted),
      updated: Number(run.updated),
      unchanged: Number(run.unchanged),
      deleted: Number(run.deleted),
      bytes: Number(run.bytes),
      expected: run.expected === null ? null : Number(run.expected),
    },
  }
  return { connector: run.connector, run: facts, failure: run.failure as unknown as Failure }
}

const toldOf = ({ code, message, rootCause, resolution }: Failure): ToldFailure => ({ code, message, rootCause, resolution })
