/** The Prisma client on a pool of its own; made once per process in `main.ts` and passed down. */

import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/client/client.ts'

export { Prisma } from './generated/client/client.ts'
export type { PrismaClient }

/** Inside `$transaction`, the client that its callback is given. */
export type TransactionClient = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

/**
 * @param databaseUrl of the platform's Postgres
 * @param connections the most that the pool opens
 */
export const createPrisma = (databaseUrl: string, connections: number): PrismaClient =>
  new PrismaClient({
    adapter: new PrismaPg({ connectionString: databaseUrl, max: connections, options: '-c timezone=UTC' }, { schema: 'platform' }),
    // Prisma's own limits of 2 and 5 seconds are met on a busy machine by work that is in good order.
    transactionOptions: { maxWait: 10_000, timeout: 30_000 },
  })
