/** Wires the daemon: connections and duties. */

import { startHealthServer } from '@aiia/kit/health'
import type { Logger } from '@aiia/kit/logger'
import type { RunningService } from '@aiia/kit/service'
import { createMessaging } from '@aiia/messaging/messaging'
import { createPrisma } from '@aiia/prisma/client'
import { Registry } from 'prom-client'
import { type DutyContext, findForgottenRuns, findLostRuns, fireSchedules, relayDeliveries, removeOldRuns, sweep } from './duties.ts'
import { startDuty } from './duty.ts'
import type { SchedulerSettings } from './env.ts'

export const startScheduler = async (settings: SchedulerSettings, log: Logger): Promise<RunningService> => {
  const databaseUrl = settings.DATABASE_URL
  const prisma = createPrisma(databaseUrl, 6)
  const messaging = await createMessaging({ redisUrl: settings.REDIS_URL, databaseUrl, log })
  const context: DutyContext = { prisma, messaging, log }
  const relay = startDuty('relay deliveries', log, () => relayDeliveries(context))
  const duties = [
    relay,
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
      await health?.close()
      await messaging.close()
      await prisma.$disconnect()
    },
  }
}
