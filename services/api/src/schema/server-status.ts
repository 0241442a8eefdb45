/** Whether the servers that the platform stands on answer, and how fast. */

import type { Messaging } from '@aiia/messaging/messaging'
import type { PrismaClient } from '@aiia/prisma/client'
import type { ServerStatus } from './system-problems.ts'

/** Without it nobody could ask: what there is to find out is how long it takes. */
export const databaseStatus = ({ prisma }: { prisma: PrismaClient }): Promise<ServerStatus> =>
  measured(async () => {
    const [row] = await prisma.$queryRaw<{ server_version: string }[]>`SHOW server_version`
    return row?.server_version ?? null
  })

/** @returns null where Postgres carries queue and feed */
export const redisStatus = async ({ messaging }: { messaging: Pick<Messaging, 'backend' | 'version'> }): Promise<ServerStatus | null> => {
  if (messaging.backend === 'postgres') return null
  return measured(() => messaging.version()).catch(() => ({ reachable: false, latencyMs: null, version: null }))
}

const measured = async (ask: () => Promise<string | null>): Promise<ServerStatus> => {
  const start = performance.now()
  const version = await ask()
  return { reachable: true, latencyMs: Math.round((performance.now() - start) * 10) / 10, version }
}
