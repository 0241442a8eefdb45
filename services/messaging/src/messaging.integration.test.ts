import { once } from 'node:events'
import { createLogger } from '@aiia/kit/logger'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { startRedis } from '@aiia/testkit/redis'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FeedTopics } from './feed.ts'
import { createMessaging, type Messaging } from './messaging.ts'

const log = createLogger('test', 'silent')

let postgres: TestPostgres
let redis: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres(), startRedis()])
})
afterAll(() => Promise.all([postgres?.stop(), redis?.stop()]))

/** A promise and the function that settles it. */
const expectOne = <T>() => {
  let arrive: (value: T) => void = () => {}
  const arrived = new Promise<T>((resolve) => {
    arrive = resolve
  })
  return { arrive, arrived }
}

describe.each(['postgres', 'redis'] as const)('on %s', (backend) => {
  let databaseUrl: string
  let messaging: Messaging
  const open = () => createMessaging({ redisUrl: backend === 'redis' ? redis.url : undefined, databaseUrl, log })
  beforeEach(async () => {
    databaseUrl = await postgres.createDatabase()
    if (backend === 'redis') await flush(redis.url)
    messaging = await open()
  })
  afterEach(() => messaging.close())

  test('a delivery is handled, and the same id may come again afterwards', async () => {
    const handled: number[] = []
    let seen = expectOne<void>()
    await messaging.consume('runs', { concurrency: 2 }, async ({ attempt }) => {
      handled.push(attempt)
      seen.arrive()
    })
    await messaging.deliver('runs', 'r1-1', { runId: 'r1', attempt: 1 })
    await seen.arrived
    await expect
      .poll(async () => {
        seen = expectOne<void>()
        await messaging.deliver('runs', 'r1-1', { runId: 'r1', attempt: 1 })
        return handled.length
      })
      .toBeGreaterThan(1)
  })

  test('the same id is one delivery while it waits', async () => {
    for (let time = 0; time < 3; time += 1) await messaging.deliver('runs', 'r1-1', { runId: 'r1', attempt: 1 })
    await messaging.deliver('runs', 'r2-1', { runId: 'r2', attempt: 1 })
    const order: string[] = []
    const last = expectOne<void>()
    await messaging.consume('runs', { concurrency: 1 }, async ({ runId }) => {
      order.push(runId)
      if (runId === 'r2') last.arrive()
    })
    await last.arrived
    expect(order).toEqual(['r1', 'r2'])
  })

  test('what a handler throws does not repeat the delivery nor stop the next', async () => {
    const order: string[] = []
    const last = expectOne<void>()
    await messaging.consume('runs', { concurrency: 1 }, async ({ runId }) => {
      order.push(runId)
      if (runId === 'good') last.arrive()
      else throw new Error('bad')
    })
    await messaging.deliver('runs', 'bad-1', { runId: 'bad', attempt: 1 })
    await messaging.deliver('runs', 'good-1', { runId: 'good', attempt: 1 })
    await last.arrived
    expect(order).toEqual(['bad', 'good'])
  })

  test('closing a consumer waits for the delivery under way', async () => {
    const started = expectOne<void>()
    const release = expectOne<void>()
    let finished = false
    const consumer = await messaging.consume('runs', { concurrency: 1 }, async () => {
      started.arrive()
      await release.arrived
      finished = true
    })
    await messaging.deliver('runs', 'r1-1', { runId: 'r1', attempt: 1 })
    await started.arrived
    const closed = consumer.close()
    release.arrive()
    await closed
    expect(finished).toBe(true)
  })

  test('events reach every subscriber of the topic in order, other topics none, and none after the end', async () => {
    const other = await open()
    const [here, there] = [[] as string[], [] as string[]]
    const last = expectOne<void>()
    const end = await messaging.feed.subscribe('cancel', ({ id }) => here.push(id))
    await other.feed.subscribe('cancel', ({ id }) => {
      there.push(id)
      if (id === 'last') last.arrive()
    })
    const sent = Array.from({ length: 50 }, (_, index) => `r${index}`)
    for (const id of sent) await messaging.feed.publish('cancel', { id })
    await messaging.feed.publish('source-request', { id: 'other' })
    await expect.poll(() => here.length).toBe(50)
    await end()
    await messaging.feed.publish('cancel', { id: 'last' })
    await last.arrived
    expect(here).toEqual(sent)
    expect(there).toEqual([...sent, 'last'])
    await other.close()
  })

  test('a feed whose connection was cut comes back and says so', async () => {
    const event = expectOne<FeedTopics['job-run']>()
    const back = expectOne<void>()
    await messaging.feed.subscribe('job-run', event.arrive)
    messaging.feed.onReconnect(back.arrive)
    await cutConnections(backend === 'redis' ? redis.url : databaseUrl)
    await back.arrived
    await messaging.ping()
    const sent = { id: 'r1', connectorId: 'c1', revision: 3, lastLogSeq: 2 }
    await messaging.feed.publish('job-run', sent)
    expect(await event.arrived).toEqual(sent)
  })
})

test('while Redis is away nobody waits for it: a delivery is refused, an event is lost, and both work when it is back', async () => {
  const own = await startRedis()
  const messaging = await createMessaging({ redisUrl: own.url, databaseUrl: postgres.url, log })
  const events: string[] = []
  await messaging.feed.subscribe('cancel', ({ id }) => void events.push(id))
  await own.kill()
  await expect(messaging.deliver('runs', 'r1-1', { runId: 'r1', attempt: 1 })).rejects.toBeInstanceOf(Error)
  await messaging.feed.publish('cancel', { id: 'lost' })
  await expect(messaging.ping()).rejects.toBeInstanceOf(Error)
  await own.restart()
  const again = () => messaging.deliver('runs', 'r2-1', { runId: 'r2', attempt: 1 }).then(() => 'delivered', String)
  await expect.poll(again, { timeout: 30_000 }).toBe('delivered')
  await expect.poll(() => messaging.feed.publish('cancel', { id: 'heard' }).then(() => events.at(-1)), { timeout: 30_000 }).toBe('heard')
  expect(events).not.toContain('lost')
  await messaging.close()
  await own.stop()
})

test('a Redis that may evict keys is refused, with the remedy', async () => {
  const evicting = await startRedis()
  const client = new Redis(evicting.url)
  await client.config('SET', 'maxmemory-policy', 'allkeys-lru')
  await expect(createMessaging({ redisUrl: evicting.url, databaseUrl: postgres.url, log })).rejects.toThrow(/REDIS_URL: .*noeviction/)
  client.disconnect()
  await once(client, 'end')
  await evicting.stop()
})

const flush = async (url: string): Promise<void> => {
  const client = new Redis(url)
  await client.flushall()
  client.disconnect()
}

/** Cuts every other connection to the server, as a network fault does. */
const cutConnections = async (url: string): Promise<void> => {
  if (url.startsWith('redis')) {
    const client = new Redis(url)
    await client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    client.disconnect()
    return
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  await client.end()
}
