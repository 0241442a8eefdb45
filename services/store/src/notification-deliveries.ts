/** The outbox of notifications: what has still to be sent, by whom, and what became of it. */

import type { ChannelKind, DeliveryState } from '@aiia/core/notifications/channel'
import type { Notification } from '@aiia/core/notifications/notification'
import { nextAttemptInMs } from '@aiia/core/notifications/retry'
import { note } from './audit.ts'
import type { StoreContext } from './context.ts'
import { ChannelNotFoundError } from './errors.ts'

/** A delivery that this process sends now, with where it goes. */
export type DueNotification = {
  id: string
  content: Notification
  createdAt: Date
  /** This one, from 1. */
  attempt: number
  channel: {
    id: string
    kind: ChannelKind
    urlSealed: Uint8Array | null
    secretSealed: Uint8Array | null
    recipients: string[]
  }
}

/**
 * Takes what is due, at most one of each channel, tests first. Whoever takes one has until the lease is over: of a process
 * that ended meanwhile another one takes it, and the receiver may see its id a second time.
 *
 * @param busy channels that are to be left alone: one delivery at a time
 */
export const takeDueNotifications = async (
  { prisma }: StoreContext,
  { busy, leaseMs }: { busy: readonly string[]; leaseMs: number },
): Promise<DueNotification[]> => {
  type Row = Omit<DueNotification, 'channel'> & Omit<DueNotification['channel'], 'id'> & { channelId: string }
  const taken = await prisma.$queryRaw<Row[]>`
    UPDATE platform.notification_deliveries d SET attempts = d.attempts + 1, due_at = now() + ${leaseMs} * interval '1 millisecond'
    FROM (
      SELECT c.*, next.id AS delivery_id FROM platform.notification_channels c CROSS JOIN LATERAL (
        SELECT n.id FROM platform.notification_deliveries n
        WHERE n.channel_id = c.id AND n.state = 'PENDING' AND n.due_at <= now() AND (c.enabled OR n.event = 'TEST')
        ORDER BY n.event <> 'TEST', n.due_at LIMIT 1 FOR UPDATE SKIP LOCKED) next
      WHERE c.id <> ALL (${[...busy]}::text[])) c
    WHERE d.id = c.delivery_id
    RETURNING d.id, d.content, d.created_at AS "createdAt", d.attempts AS attempt, c.id AS "channelId", c.kind,
      c.url_sealed AS "urlSealed", c.secret_sealed AS "secretSealed", c.recipients`
  return taken.map(({ id, content, createdAt, attempt, channelId, ...channel }) => ({
    id,
    content,
    createdAt,
    attempt,
    channel: { id: channelId, ...channel },
  }))
}

/** @returns milliseconds until the next one is due, null when there is none */
export const nextNotificationInMs = async ({ prisma }: StoreContext, { busy }: { busy: readonly string[] }): Promise<number | null> => {
  const [row] = await prisma.$queryRaw<{ ms: number | null }[]>`
    SELECT (extract(epoch FROM min(due_at) - now()) * 1000)::float8 AS ms FROM platform.notification_deliveries
    WHERE state = 'PENDING' AND channel_id <> ALL (${[...busy]}::text[])`
  return row?.ms == null ? null : Math.max(0, row.ms)
}

/** What an attempt came to. */
export type Attempted = {
  delivered: boolean
  /** In words: what the receiver answered, or why it did not. */
  outcome: string
  retryAfterMs?: number | undefined
}

/** A test is tried once: somebody waits for what becomes of it. */
export const settleNotification = async (
  { prisma }: StoreContext,
  { id, attempt, content }: Pick<DueNotification, 'id' | 'attempt' | 'content'>,
  { delivered, outcome, retryAfterMs, random }: Attempted & { random: number },
): Promise<DeliveryState> => {
  const waitMs = delivered || content.event === 'TEST' ? null : nextAttemptInMs(attempt, random, retryAfterMs)
  const ended: DeliveryState = delivered ? 'DELIVERED' : 'FAILED'
  const state = waitMs === null ? ended : 'PENDING'
  // Of another attempt, whoever makes that one tells.
  await prisma.$executeRaw`
    UPDATE platform.notification_deliveries SET outcome = ${outcome}, state = ${state},
      settled_at = CASE WHEN ${state} <> 'PENDING' THEN now() END, due_at = now() + ${waitMs ?? 0} * interval '1 millisecond'
    WHERE id = ${id} AND state = 'PENDING' AND attempts = ${attempt}`
  return state
}

/** @returns the delivery's id @throws ChannelNotFoundError */
export const requestTest = async ({ prisma, actor }: StoreContext, { channelId, by }: { channelId: string; by: string }): Promise<string> =>
  prisma.$transaction(async (transaction) => {
    const channel = await transaction.notificationChannel.findUnique({ where: { id: channelId }, select: { id: true, name: true } })
    if (channel === null) throw new ChannelNotFoundError('There is no such channel.')
    const content: Notification = { event: 'TEST', channel, by }
    const { id } = await transaction.notificationDelivery.create({
      data: {
        channelId,
        event: content.event,
        subject: `test ${crypto.randomUUID()}`,
        content,
      },
    })
    await note(transaction, actor, { action: 'CHANNEL_TESTED', subject: { kind: 'CHANNEL', ...channel } })
    return id
  })

/** Nobody waits for it any more, so nobody shall be surprised by it later. @returns what became of it in time after all */
export const abandonTest = async (
  { prisma }: StoreContext,
  { id, outcome }: { id: string; outcome: string },
): Promise<{ state: string; outcome: string | null } | null> => {
  await prisma.$executeRaw`
    UPDATE platform.notification_deliveries SET state = 'FAILED', settled_at = now(), outcome = ${outcome} WHERE id = ${id} AND state = 'PENDING'`
  return prisma.notificationDelivery.findUnique({ where: { id }, select: { state: true, outcome: true } })
}

/** What became of them is of interest for a month. */
export const removeOldNotifications = async ({ prisma }: StoreContext): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM platform.notification_deliveries WHERE id IN (
      SELECT id FROM platform.notification_deliveries WHERE settled_at < now() - interval '30 days' LIMIT 5000)`
