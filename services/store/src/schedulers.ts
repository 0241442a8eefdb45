/** Scheduler processes, as their heartbeats tell. None leads: each does every duty, and the database lets one of them win. */

import type { StoreContext } from './context.ts'

export type SchedulerStatus = {
  id: string
  host: string
  pid: number
  version: string
  /** Whether it was given a mail server. */
  sendsEmail: boolean
  startedAt: Date
  seenAt: Date
  online: boolean
}

export type SchedulerHeartbeat = Pick<SchedulerStatus, 'id' | 'host' | 'pid' | 'version' | 'sendsEmail'>

export const schedulerHeartbeat = async (
  { prisma }: StoreContext,
  { id, host, pid, version, sendsEmail }: SchedulerHeartbeat,
): Promise<void> => {
  await prisma.$executeRaw`
    INSERT INTO platform.schedulers (id, host, pid, version, sends_email, started_at, seen_at)
    VALUES (${id}, ${host}, ${pid}, ${version}, ${sendsEmail}, now(), now())
    ON CONFLICT (id) DO UPDATE SET seen_at = now()`
}

/** Online: seen within 15 seconds, by the database's clock. */
export const listSchedulers = async ({ prisma }: StoreContext): Promise<SchedulerStatus[]> =>
  prisma.$queryRaw<SchedulerStatus[]>`
    SELECT id, host, pid, version, sends_email AS "sendsEmail", started_at AS "startedAt", seen_at AS "seenAt", seen_at > now() - interval '15 seconds' AS online
    FROM platform.schedulers ORDER BY started_at`

export const removeScheduler = async ({ prisma }: StoreContext, id: string): Promise<void> => {
  await prisma.scheduler.deleteMany({ where: { id } })
}

/** Those that went without a word. */
export const removeDeadSchedulers = async ({ prisma }: StoreContext): Promise<number> =>
  prisma.$executeRaw`DELETE FROM platform.schedulers WHERE seen_at < now() - interval '10 minutes'`
