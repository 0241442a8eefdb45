/** Due slots of schedules; (connector, slot) is unique in the database, so each fires once. */

import { logTime } from '@aiia/core/job-run/log-line'
import { nextSlot } from '@aiia/core/schedule/cron'
import type { TransactionClient } from '@aiia/prisma/client'
import { findActiveRun } from './active-run.ts'
import type { StoreContext } from './context.ts'
import type { Notice } from './notice.ts'
import { notifyOfMissedSlot } from './notify.ts'
import { insertRun } from './request-run.ts'

type DueSchedule = {
  connectorId: string
  cron: string
  timeZone: string
  missedRuns: 'RUN_ONCE' | 'SKIP'
  overlap: 'SKIP' | 'QUEUE'
  offsetSeconds: number
  nextAt: Date
  enabled: boolean
  lateMs: number
  /** The database's clock: with one that runs behind, the next slot would be due again at once. */
  now: Date
}

/** A slot that is later than this was missed: the platform was down or paused when it was due. */
const missedAfterMs = 60_000

export type Fired = {
  /** False when nothing is due. */
  fired: boolean
  /** Of the run, where one was made. */
  notice: Notice | null
}

/** Fires the schedule that is due longest, if any; else the slot that has waited longest for a run that has ended now. */
export const fireDueSchedule = async ({ prisma }: StoreContext): Promise<Fired> =>
  prisma.$transaction(
    async (transaction) => (await fireDue(transaction)) ?? (await fireWaiting(transaction)) ?? { fired: false, notice: null },
  )

/**
 * Daemons side by side skip what another one is at, and all skip a connector that is being changed: whoever changes one
 * locks it first and its schedule after, so waiting for it here would be waiting for each other.
 */
const fireDue = async (transaction: TransactionClient): Promise<Fired | null> => {
  // The first condition is what the index serves, the second what counts.
  const [due] = await transaction.$queryRaw<DueSchedule[]>`
    SELECT s.connector_id AS "connectorId", s.cron, s.time_zone AS "timeZone", s.missed_runs::text AS "missedRuns", s.overlap::text AS overlap,
      s.offset_seconds AS "offsetSeconds", s.next_at AS "nextAt", c.enabled, now() AS now,
      (extract(epoch FROM now() - s.next_at) * 1000)::float8 - s.offset_seconds * 1000 AS "lateMs"
    FROM platform.schedules s JOIN platform.connectors c ON c.id = s.connector_id
    WHERE s.next_at <= now() AND s.next_at + s.offset_seconds * interval '1 second' <= now()
      AND c.deleted_at IS NULL AND NOT EXISTS (SELECT FROM platform.maintenance)
    ORDER BY s.next_at LIMIT 1 FOR UPDATE OF c, s SKIP LOCKED`
  if (due === undefined) return null
  const notice = due.enabled ? await fire(transaction, due) : null
  // Slots between the missed one and now are one run, or none; those whose own offset is not over are still to come.
  const passed = new Date(due.now.getTime() - due.offsetSeconds * 1_000)
  await transaction.schedule.update({
    where: { connectorId: due.connectorId },
    data: { nextAt: nextSlot(due.cron, due.timeZone, passed) },
  })
  return { fired: true, notice }
}

const fire = async (transaction: TransactionClient, due: DueSchedule): Promise<Notice | null> => {
  const slot = { connectorId: due.connectorId, scheduledFor: due.nextAt }
  // The lock on the connector keeps others from firing it between this look and the end of the transaction.
  const known = await transaction.scheduleSlot.findUnique({ where: { connectorId_scheduledFor: slot } })
  if (known !== null) return null
  const end = await decide(transaction, due)
  if (end !== 'run') {
    await transaction.scheduleSlot.create({ data: { ...slot, reason: end === 'wait' ? null : end.skip } })
    if (end !== 'wait') await notifyOfMissedSlot(transaction, { ...slot, reason: end.skip, run: null })
    return null
  }
  const run = await insertRun(transaction, {
    connectorId: due.connectorId,
    trigger: 'SCHEDULED',
    requestedBy: null,
    scheduledFor: due.nextAt,
  })
  await transaction.scheduleSlot.create({ data: { ...slot, runId: run.id } })
  if (due.lateMs > missedAfterMs) await notifyOfMissedSlot(transaction, { ...slot, reason: lateReason(due.lateMs), run })
  return noticeOf(run)
}

const lateReason = (lateMs: number): string =>
  `The platform was down or paused at that time; the run starts ${Math.round(lateMs / 60_000).toLocaleString('en-US')} min late.`

/** What becomes of a slot; where it makes no run, `skip` says why. */
const decide = async (
  transaction: TransactionClient,
  { connectorId, missedRuns, lateMs, overlap }: DueSchedule,
): Promise<'run' | 'wait' | { skip: string }> => {
  if (missedRuns === 'SKIP' && lateMs > missedAfterMs)
    return { skip: 'Missed while the platform was down or paused; the policy is to skip.' }
  // The lock on the connector keeps a trigger that comes at the same moment from making the insert fail.
  const active = await findActiveRun(transaction, connectorId)
  const waiting = await transaction.scheduleSlot.findFirst({ where: { connectorId, ...waits } })
  if (waiting !== null) return { skip: `The slot of ${logTime(waiting.scheduledFor)} UTC still waited for the end of a run.` }
  if (active === null) return 'run'
  return overlap === 'QUEUE' ? 'wait' : { skip: `Run #${active.number} of this connector was still active.` }
}

const waits = { runId: null, reason: null } as const

type WaitingSlot = { connectorId: string; scheduledFor: Date; fires: boolean }

const fireWaiting = async (transaction: TransactionClient): Promise<Fired | null> => {
  const [slot] = await transaction.$queryRaw<WaitingSlot[]>`
    SELECT w.connector_id AS "connectorId", w.scheduled_for AS "scheduledFor",
      c.enabled AND c.deleted_at IS NULL AND EXISTS (SELECT FROM platform.schedules s WHERE s.connector_id = c.id) AS fires
    FROM platform.schedule_slots w JOIN platform.connectors c ON c.id = w.connector_id
    WHERE w.run_id IS NULL AND w.reason IS NULL AND NOT EXISTS (SELECT FROM platform.maintenance)
      AND NOT EXISTS (SELECT FROM platform.job_runs r WHERE r.connector_id = c.id AND r.status IN ('PENDING', 'RUNNING'))
    ORDER BY w.scheduled_for LIMIT 1 FOR UPDATE OF c, w SKIP LOCKED`
  if (slot === undefined) return null
  const { connectorId, scheduledFor, fires } = slot
  const settle = (data: { runId: string } | { reason: string }) =>
    transaction.scheduleSlot.update({ where: { connectorId_scheduledFor: { connectorId, scheduledFor } }, data })
  if (!fires) {
    await settle({ reason: 'The schedule was switched off or taken away while this slot waited for the end of a run.' })
    return { fired: true, notice: null }
  }
  // A trigger may have been faster than the lock.
  if ((await findActiveRun(transaction, connectorId)) !== null) return null
  const run = await insertRun(transaction, { connectorId, trigger: 'SCHEDULED', requestedBy: null, scheduledFor })
  await settle({ runId: run.id })
  return { fired: true, notice: noticeOf(run) }
}

const noticeOf = ({ id, connectorId, revision, lastLogSeq }: Notice): Notice => ({ id, connectorId, revision, lastLogSeq })

/** @returns milliseconds until the next slot fires, null when there is none or the platform is paused */
export const nextSlotInMs = async ({ prisma }: StoreContext): Promise<number | null> => {
  const [row] = await prisma.$queryRaw<{ ms: number | null }[]>`
    SELECT (extract(epoch FROM min(s.next_at + s.offset_seconds * interval '1 second') - now()) * 1000)::float8 AS ms
    FROM platform.schedules s WHERE NOT EXISTS (SELECT FROM platform.maintenance)`
  return row?.ms == null ? null : Math.max(0, row.ms)
}
