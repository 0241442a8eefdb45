/** Due slots of schedules; (connector, slot) is unique in the database, so each fires once. */

import { nextSlot } from '@aiia/core/schedule/cron'
import type { TransactionClient } from '@aiia/prisma/client'
import { findActiveRun } from './active-run.ts'
import type { StoreContext } from './context.ts'
import type { Notice } from './notice.ts'
import { insertRun } from './request-run.ts'

type DueSchedule = {
  connectorId: string
  cron: string
  timeZone: string
  missedRuns: 'RUN_ONCE' | 'SKIP'
  nextAt: Date
  enabled: boolean
  lateMs: number
  /** The database's clock: with one that runs behind, the next slot would be due again at once. */
  now: Date
}

/** A slot that is later than this was missed: the platform was down or paused when it was due. */
const missedAfterMs = 60_000

/**
 * Fires the schedule that is due longest, if any. Daemons side by side skip what another one is at, and all skip a
 * connector that is being changed: whoever changes one locks it first and its schedule after, so waiting for it here
 * would be waiting for each other.
 *
 * @returns `fired: false` when nothing is due; the notice of the run, where one was made
 */
export const fireDueSchedule = async ({ prisma }: StoreContext): Promise<{ fired: boolean; notice: Notice | null }> =>
  prisma.$transaction(async (transaction) => {
    const [due] = await transaction.$queryRaw<DueSchedule[]>`
      SELECT s.connector_id AS "connectorId", s.cron, s.time_zone AS "timeZone", s.missed_runs::text AS "missedRuns", s.next_at AS "nextAt", c.enabled, now() AS now,
        (extract(epoch FROM now() - s.next_at) * 1000)::float8 AS "lateMs"
      FROM platform.schedules s JOIN platform.connectors c ON c.id = s.connector_id
      WHERE s.next_at <= now() AND c.deleted_at IS NULL AND NOT EXISTS (SELECT FROM platform.maintenance) ORDER BY s.next_at LIMIT 1 FOR UPDATE OF c, s SKIP LOCKED`
    if (due === undefined) return { fired: false, notice: null }
    const notice = due.enabled ? await fire(transaction, due) : null
    // Slots between the missed one and now are one run, or none.
    await transaction.schedule.update({
      where: { connectorId: due.connectorId },
      data: { nextAt: nextSlot(due.cron, due.timeZone, due.now) },
    })
    return { fired: true, notice }
  })

const fire = async (transaction: TransactionClient, { connectorId, nextAt, missedRuns, lateMs }: DueSchedule): Promise<Notice | null> => {
  const slot = { connectorId, scheduledFor: nextAt }
  const { count } = await transaction.scheduleSlot.createMany({ data: [{ ...slot, reason: null }], skipDuplicates: true })
  if (count === 0) return null
  const reason = await whyNot(transaction, { connectorId, missed: missedRuns === 'SKIP' && lateMs > missedAfterMs })
  if (reason !== null) {
    await transaction.scheduleSlot.update({ where: { connectorId_scheduledFor: slot }, data: { reason } })
    return null
  }
  const run = await insertRun(transaction, { connectorId, trigger: 'SCHEDULED', requestedBy: null, scheduledFor: nextAt })
  await transaction.scheduleSlot.update({ where: { connectorId_scheduledFor: slot }, data: { runId: run.id } })
  return { id: run.id, connectorId, revision: run.revision, lastLogSeq: run.lastLogSeq }
}

const whyNot = async (
  transaction: TransactionClient,
  { connectorId, missed }: { connectorId: string; missed: boolean },
): Promise<string | null> => {
  if (missed) return 'Missed while the platform was down or paused; the policy is to skip.'
  // The lock on the connector keeps a trigger that comes at the same moment from making the insert fail.
  const active = await findActiveRun(transaction, connectorId)
  return active === null ? null : `Run #${active.number} of this connector was still active.`
}

/** @returns milliseconds until the next slot is due, null when there is none or the platform is paused */
export const nextSlotInMs = async ({ prisma }: StoreContext): Promise<number | null> => {
  const [row] = await prisma.$queryRaw<{ ms: number | null }[]>`
    SELECT (extract(epoch FROM min(s.next_at) - now()) * 1000)::float8 AS ms FROM platform.schedules s WHERE NOT EXISTS (SELECT FROM platform.maintenance)`
  return row?.ms == null ? null : Math.max(0, row.ms)
}
