/** What the daemon does. Each duty may be done by several daemons at once: the database lets one of them win. */

import type { Logger } from '@aiia/kit/logger'
import type { Messaging } from '@aiia/messaging/messaging'
import type { StoreContext } from '@aiia/store/context'
import { removeOldNotifications } from '@aiia/store/notification-deliveries'
import { deliverySent, dueDeliveries, nextDeliveryInMs } from '@aiia/store/outbox'
import { endLostRuns, requeueForgotten } from '@aiia/store/reconcile'
import { isEmpty, removeExpired } from '@aiia/store/retention'
import { removeDeadSchedulers } from '@aiia/store/schedulers'
import { fireDueSchedule, nextSlotInMs } from '@aiia/store/schedules'
import { removeOldSourceRequests } from '@aiia/store/source-requests'
import { removeDeadWorkers } from '@aiia/store/workers'

export type DutyContext = StoreContext & { messaging: Messaging; log: Logger }

/** Another process may have added what is due sooner than we knew. */
const longestNapMs = 2_000
/** What is due may be in the hands of another process for this moment. */
const shortestNapMs = 50
const deliveriesAtOnce = 100

/** Gives the queue what the outbox holds: deliveries that nobody could give it, and attempts whose wait is over. */
export const relayDeliveries = async ({ prisma, messaging }: DutyContext): Promise<number> => {
  const due = await dueDeliveries({ prisma }, { limit: deliveriesAtOnce })
  for (const delivery of due) {
    await messaging.deliver('runs', `${delivery.runId}-${delivery.attempt}`, delivery)
    await deliverySent({ prisma }, delivery)
  }
  if (due.length === deliveriesAtOnce) return 0
  return Math.min(longestNapMs, (await nextDeliveryInMs({ prisma })) ?? longestNapMs)
}

/** Ends the runs of workers that are gone, so that a new attempt starts within seconds. */
export const findLostRuns = async ({ prisma, messaging, log }: DutyContext): Promise<number> => {
  for (const notice of await endLostRuns({ prisma }, { random: Math.random })) {
    log.warn({ runId: notice.id }, 'run of a lost worker')
    await messaging.feed.publish('job-run', notice)
  }
  return 2_000
}

/** Deliveries that the queue lost, as after a flush of Redis. */
export const findForgottenRuns = async ({ prisma, log }: DutyContext): Promise<number> => {
  const found = await requeueForgotten({ prisma }, { olderThanMs: 15_000 })
  if (found > 0) log.info({ runs: found }, 'waiting runs are delivered again')
  return 5_000
}

/** Of a thousand connectors due at one minute none shall wait for all others; each takes a connection of its own. */
const schedulesAtOnce = 3

/** Fires the schedules that are due. @returns the runs that it made, and when to look again */
export const fireSchedules = async ({ prisma, messaging }: DutyContext): Promise<{ runs: number; nextMs: number }> => {
  let runs = 0
  const fireNext = async (): Promise<boolean> => {
    const { fired, notice } = await fireDueSchedule({ prisma })
    if (notice !== null) {
      runs += 1
      await messaging.feed.publish('job-run', notice)
    }
    return fired
  }
  const fireAll = async (): Promise<void> => {
    while (await fireNext());
  }
  if (await fireNext()) await Promise.all(Array.from({ length: schedulesAtOnce }, fireAll))
  const nextMs = (await nextSlotInMs({ prisma })) ?? longestNapMs
  return { runs, nextMs: Math.min(longestNapMs, Math.max(shortestNapMs, nextMs)) }
}

/** Removes what was kept long enough, batch after batch with a breath between them. */
export const removeOldRuns = async ({ prisma, log }: DutyContext): Promise<number> => {
  const removed = await removeExpired({ prisma })
  if (isEmpty(removed)) return 15 * 60_000
  log.info(removed, 'retention')
  return shortestNapMs
}

/** Takes away what is of no use to anybody any more. */
export const sweep = async ({ prisma }: DutyContext): Promise<number> => {
  await removeOldSourceRequests({ prisma })
  await removeDeadWorkers({ prisma })
  await removeDeadSchedulers({ prisma })
  await removeOldNotifications({ prisma })
  return 60_000
}
