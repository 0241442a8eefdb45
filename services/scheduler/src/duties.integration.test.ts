import { createLogger } from '@aiia/kit/logger'
import { createMessaging, type Messaging } from '@aiia/messaging/messaging'
import { dueDeliveries } from '@aiia/store/outbox'
import { claim, everyHour, heldRun, letLeaseEnd, makeConnector, pendingRun, runOf } from '@aiia/store/testing/fixtures'
import { openStore, type TestStore } from '@aiia/store/testing/test-store'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { startRedis, type TestRedis } from '@aiia/testkit/redis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type DutyContext, findForgottenRuns, findLostRuns, fireSchedules, relayDeliveries } from './duties.ts'

const log = createLogger('test', 'silent')

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
})
afterAll(async () => {
  await store?.close()
  await server?.stop()
})

describe.each(['postgres', 'redis'] as const)('on %s', (backend) => {
  let redis: TestRedis | undefined
  let messaging: Messaging
  let context: DutyContext
  beforeEach(async () => {
    await store.clear()
    redis = backend === 'redis' ? await startRedis() : undefined
    messaging = await createMessaging({ redisUrl: redis?.url, databaseUrl: await server.createDatabase(), log })
    context = { prisma: store.prisma, messaging, log }
  })
  afterEach(async () => {
    await messaging.close()
    await redis?.stop()
  })

  /** What a worker is given, by run. */
  const listen = async () => {
    const delivered: string[] = []
    const consumer = await messaging.consume('runs', { concurrency: 4 }, async ({ runId }) => void delivered.push(runId))
    return { delivered, close: () => consumer.close() }
  }

  test('what the outbox holds reaches a worker, and leaves the outbox', async () => {
    const { delivered, close } = await listen()
    const runs = [await pendingRun(store), await pendingRun(store)]
    await relayDeliveries(context)
    await expect.poll(() => new Set(delivered), { timeout: 10_000 }).toEqual(new Set(runs.map(({ id }) => id)))
    expect(await dueDeliveries(store, { limit: 10 })).toEqual([])
    await close()
  })

  test('a delivery that the queue lost is sent again', async () => {
    const run = await pendingRun(store)
    await relayDeliveries(context)
    await store.prisma.$executeRaw`UPDATE platform.job_runs SET available_at = now() - interval '1 minute'`
    // Nobody listened: for the platform the delivery is gone.
    await findForgottenRuns(context)
    expect(await dueDeliveries(store, { limit: 10 })).toEqual([{ runId: run.id, attempt: 1 }])
  })

  test('a run of a lost worker is told on the feed as it is now', async () => {
    const held = await heldRun(store)
    await letLeaseEnd(store, held.runId)
    const told: { id: string; revision: number }[] = []
    const unsubscribe = await messaging.feed.subscribe('job-run', (notice) => void told.push(notice))
    await findLostRuns(context)
    const { revision, status, attempt } = await runOf(store, held.runId)
    expect({ status, attempt }).toEqual({ status: 'PENDING', attempt: 2 })
    await expect.poll(() => told, { timeout: 10_000 }).toMatchObject([{ id: held.runId, revision }])
    await unsubscribe()
  })

  test('four daemons at once fire a due schedule once, and its run reaches a worker', async () => {
    const { delivered, close } = await listen()
    const connectorId = await makeConnector(store, { schedule: everyHour })
    await store.prisma.$executeRaw`UPDATE platform.schedules SET next_at = now() - interval '1 second'`
    const fired = await Promise.all([1, 2, 3, 4].map(() => fireSchedules(context)))
    expect(fired.reduce((sum, { runs }) => sum + runs, 0)).toBe(1)
    for (const { nextMs } of fired) expect(nextMs).toBeLessThanOrEqual(2_000)
    await relayDeliveries(context)
    const [run] = await store.prisma.jobRun.findMany({ where: { connectorId } })
    await expect.poll(() => delivered, { timeout: 10_000 }).toEqual([run?.id])
    await close()
  })
})

test('a delivery stays in the outbox while Redis is away, and goes out when it is back', async () => {
  await store.clear()
  const own = await startRedis()
  const messaging = await createMessaging({ redisUrl: own.url, databaseUrl: await server.createDatabase(), log })
  const context = { prisma: store.prisma, messaging, log }
  const delivered: string[] = []
  const consumer = await messaging.consume('runs', { concurrency: 1 }, async ({ runId }) => void delivered.push(runId))
  await own.kill()
  const run = await pendingRun(store)
  await expect(relayDeliveries(context)).rejects.toBeInstanceOf(Error)
  expect(await dueDeliveries(store, { limit: 10 })).toEqual([{ runId: run.id, attempt: 1 }])
  await own.restart()
  await expect.poll(() => relayDeliveries(context).then(() => delivered, String), { timeout: 30_000 }).toEqual([run.id])
  expect(await claim(store, run)).not.toBeNull()
  await consumer.close()
  await messaging.close()
  await own.stop()
})
