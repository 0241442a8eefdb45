/** Wires the daemon: connections and duties. */

import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { startHealthServer } from '@aiia/kit/health'
import type { Logger } from '@aiia/kit/logger'
import { createSecretBox } from '@aiia/kit/secret-box'
import type { RunningService } from '@aiia/kit/service'
import { publicUrlOf } from '@aiia/kit/settings'
import { createTargetPolicy } from '@aiia/kit/target-policy'
import { createMessaging } from '@aiia/messaging/messaging'
import { createPrisma } from '@aiia/prisma/client'
import { removeScheduler, schedulerHeartbeat } from '@aiia/store/schedulers'
import { Registry } from 'prom-client'
import { type DutyContext, findForgottenRuns, findLostRuns, fireSchedules, relayDeliveries, removeOldRuns, sweep } from './duties.ts'
import { startDuty } from './duty.ts'
import type { SchedulerSettings } from './env.ts'
import { type CourierContext, createCourier } from './notifications/courier.ts'
import { createEmail } from './notifications/email.ts'

const version = '1.0.0-beta'
const heartbeatEveryMs = 5_000
/** A receiver that takes longer than this to answer has not taken it. */
const notificationTimeoutMs = 10_000

export const startScheduler = async (settings: SchedulerSettings, log: Logger): Promise<RunningService> => {
  const databaseUrl = settings.DATABASE_URL
  const prisma = createPrisma(databaseUrl, 6)
  const messaging = await createMessaging({ redisUrl: settings.REDIS_URL, databaseUrl, log })
  const context: DutyContext = { prisma, messaging, log }
  const relay = startDuty('relay deliveries', log, () => relayDeliveries(context))
  const courier = createCourier(courierContext(settings, context), () => notify.wake())
  const notify = startDuty('deliver notifications', log, () => courier.turn())
  const unsubscribe = await messaging.feed.subscribe('notification', () => notify.wake())
  const self = {
    id: `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`,
    host: hostname(),
    pid: process.pid,
    version,
    sendsEmail: settings.SMTP_URL !== undefined,
  }
  const duties = [
    relay,
    notify,
    startDuty('heartbeat', log, async () => {
      await schedulerHeartbeat({ prisma }, self)
      return heartbeatEveryMs
    }),
    startDuty('find lost runs', log, () => findLostRuns(context)),
    startDuty('find forgotten runs', log, () => findForgottenRuns(context)),
    startDuty('fire schedules', log, async () => {
      const { nextMs, runs } = await fireSchedules(context)
      if (runs > 0) relay.wake()
      return nextMs
    }),
    startDuty('sweep', log, () => sweep(context)),
    startDuty('retention', log, () => removeOldRuns(context)),
  ]
  const ready = async () => {
    await prisma.$queryRaw`SELECT 1`
    await messaging.ping()
  }
  const health = await startHealthServer({ port: settings.HEALTH_PORT, ready, metrics: new Registry() })
  return {
    close: async () => {
      await Promise.all(duties.map((duty) => duty.stop()))
      await courier.close()
      // Whoever stops on purpose is not missed; without a database it is forgotten after a while.
      await removeScheduler({ prisma }, self.id).catch((err: unknown) => log.warn({ err }, 'not signed off'))
      await health?.close()
      await unsubscribe()
      await messaging.close()
      await prisma.$disconnect()
    },
  }
}

const courierContext = (settings: SchedulerSettings, { prisma, log }: DutyContext): CourierContext => {
  const { SECRET_KEY, SMTP_URL, SMTP_FROM, DENY_TARGETS } = settings
  const timeoutMs = notificationTimeoutMs
  return {
    prisma,
    log,
    webhooks: { secretBox: createSecretBox(SECRET_KEY), targets: createTargetPolicy({ allow: [], deny: DENY_TARGETS }), timeoutMs },
    email: createEmail(SMTP_URL === undefined || SMTP_FROM === undefined ? undefined : { url: SMTP_URL, from: SMTP_FROM }, { timeoutMs }),
    publicUrl: publicUrlOf(settings),
  }
}
