/** The store on a database of a test's own. */

import { createPrisma } from '@aiia/prisma/client'
import { platformDatabase } from '@aiia/testkit/platform-database'
import type { TestPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import type { StoreContext } from '../context.ts'

/** Is the context of the store's functions, too. */
export type TestStore = StoreContext & {
  /** Of its database. */
  url: string
  /** A connection beside the store's, as the engine has one for its commits; closed with the store. */
  connect(): Promise<pg.Client>
  /** How many connections wait for a lock at this moment. */
  waiting(): Promise<number>
  /** Takes all connectors, runs and workers away, for tests that look at the whole platform. */
  clear(): Promise<void>
  close(): Promise<void>
}

export const openStore = async (server: TestPostgres, { connections = 8 }: { connections?: number } = {}): Promise<TestStore> => {
  const url = await platformDatabase(server)
  const prisma = createPrisma(url, connections)
  // All connections are made before the test: under load that takes longer than a transaction may wait for one.
  await Promise.all(Array.from({ length: connections }, () => prisma.$queryRaw`SELECT 1`))
  const clients: pg.Client[] = []
  const connect = async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    clients.push(client)
    return client
  }
  const waiting = async () => {
    const [row] = await prisma.$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    return row?.waiting ?? 0
  }
  const clear = async () => {
    await prisma.$executeRaw`TRUNCATE platform.connectors, platform.job_runs, platform.schedule_slots, platform.outbox, platform.workers, platform.notification_channels CASCADE`
  }
  const close = async () => {
    await Promise.all(clients.map((client) => client.end()))
    await prisma.$disconnect()
  }
  return { url, prisma, connect, waiting, clear, close }
}
