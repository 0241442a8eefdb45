/** Worker processes, as their heartbeats tell. */

import type { StoreContext } from './context.ts'

export type WorkerStatus = {
  id: string
  host: string
  pid: number
  version: string
  slots: number
  busy: number
  /** Runs that it lets read from one server at once, over all workers; null: any number. */
  runsPerSourceHost: number | null
  startedAt: Date
  seenAt: Date
  online: boolean
}

export type Heartbeat = Omit<WorkerStatus, 'startedAt' | 'seenAt' | 'online'>

export const heartbeat = async (
  { prisma }: StoreContext,
  { id, host, pid, version, slots, busy, runsPerSourceHost }: Heartbeat,
): Promise<void> => {
  await prisma.$executeRaw`
    INSERT INTO platform.workers (id, host, pid, version, slots, busy, runs_per_source_host, started_at, seen_at)
    VALUES (${id}, ${host}, ${pid}, ${version}, ${slots}, ${busy}, ${runsPerSourceHost}, now(), now())
    ON CONFLICT (id) DO UPDATE SET slots = excluded.slots, busy = excluded.busy, seen_at = now()`
}

/** Online: seen within 15 seconds, by the database's clock. */
export const listWorkers = async ({ prisma }: StoreContext): Promise<WorkerStatus[]> =>
  prisma.$queryRaw<WorkerStatus[]>`
    SELECT id, host, pid, version, slots, busy, runs_per_source_host AS "runsPerSourceHost", started_at AS "startedAt", seen_at AS "seenAt", seen_at > now() - interval '15 seconds' AS online
    FROM platform.workers ORDER BY started_at`

export const removeWorker = async ({ prisma }: StoreContext, id: string): Promise<void> => {
  await prisma.worker.deleteMany({ where: { id } })
}

/** Those that went without a word. */
export const removeDeadWorkers = async ({ prisma }: StoreContext): Promise<number> =>
  prisma.$executeRaw`DELETE FROM platform.workers WHERE seen_at < now() - interval '10 minutes'`
