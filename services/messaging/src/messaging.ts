/** Queue and feed on one backend: Redis where REDIS_URL is set, else the platform's Postgres. */

import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '@aiia/kit/logger'
import { type BullMQBackend, postgresBackend, redisBackend } from './bullmq-backends.ts'
import type { Deliveries, QueueName } from './deliveries.ts'
import { createFeed, type Feed, type FeedEngine } from './feed.ts'
import { createPostgresFeedEngine } from './postgres-pub-sub.ts'
import { connectRedis, failFast, redisVersion, refuseEviction } from './redis-connection.ts'
import { createRedisFeedEngine } from './redis-pub-sub.ts'

export type Consumer = {
  /** Takes no further deliveries; those under way go on. */
  pause(): Promise<void>
  /** Pauses, waits for the deliveries under way, and disconnects. */
  close(): Promise<void>
}

export type Messaging = {
  backend: 'redis' | 'postgres'
  feed: Feed
  /** Idempotent by `id` until the delivery was handled. Rejects while the backend is down. */
  deliver<Q extends QueueName>(queue: Q, id: string, payload: Deliveries[Q]): Promise<void>
  /** A delivery is handled once; what `handle` throws is logged, and ours to repeat. */
  consume<Q extends QueueName>(
    queue: Q,
    options: { concurrency: number },
    handle: (payload: Deliveries[Q]) => Promise<void>,
  ): Promise<Consumer>
  /** Rejects unless queue and feed answer. */
  ping(): Promise<void>
  /** Of the Redis server; null on Postgres. */
  version(): Promise<string | null>
  close(): Promise<void>
}

export type MessagingOptions = { redisUrl: string | undefined; databaseUrl: string; log: Logger }

/**
 * @returns once queue and feed are connected
 * @throws SettingsError when the Redis is not fit to carry a queue
 */
export const createMessaging = async ({ redisUrl, databaseUrl, log }: MessagingOptions): Promise<Messaging> => {
  if (redisUrl === undefined) {
    const engine = await createPostgresFeedEngine(databaseUrl, log)
    return assemble({ backend: 'postgres', queues: postgresBackend(databaseUrl, log), engine, version: async () => null, log })
  }
  const control = await connectRedis(redisUrl, log, failFast)
  await refuseEviction(control, log)
  const engine = await createRedisFeedEngine(redisUrl, log)
  return assemble({
    backend: 'redis',
    queues: redisBackend(redisUrl, log),
    engine: {
      ...engine,
      close: async () => {
        control.disconnect()
        await engine.close()
      },
    },
    version: () => redisVersion(control),
    log,
  })
}

const patienceMs = 2_000

/** A queue that is opened while its backend is away waits for it; who delivers does not. What is added late does no harm. */
const withinPatience = async (added: Promise<void>): Promise<void> => {
  const over = new AbortController()
  const late = wait(patienceMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`The queue did not answer within ${patienceMs} ms.`)
  })
  late.catch(() => {})
  try {
    await Promise.race([added, late])
  } finally {
    over.abort()
  }
}

type Parts = { backend: Messaging['backend']; queues: BullMQBackend; engine: FeedEngine; version: Messaging['version']; log: Logger }

const assemble = ({ backend, queues, engine, version, log }: Parts): Messaging => {
  const opened = new Map<QueueName, ReturnType<BullMQBackend['openQueue']>>()
  const consumers = new Set<Consumer>()
  const queueOf = (name: QueueName) => {
    const queue = opened.get(name) ?? queues.openQueue(name)
    opened.set(name, queue)
    return queue
  }
  return {
    backend,
    feed: createFeed(engine, log),
    version,
    deliver: (queue, id, payload) => withinPatience(queueOf(queue).add(id, payload)),
    consume: async <Q extends QueueName>(
      queue: Q,
      { concurrency }: { concurrency: number },
      handle: (payload: Deliveries[Q]) => Promise<void>,
    ) => {
      const worker = queues.openWorker(queue, concurrency, async (payload) => {
        try {
          // Only `deliver` adds to this queue, with this type.
          await handle(payload as Deliveries[Q])
        } catch (error) {
          log.error({ err: error, queue }, 'delivery not handled')
        }
      })
      await worker.ready()
      const consumer: Consumer = {
        pause: worker.pause,
        close: async () => {
          consumers.delete(consumer)
          await worker.close()
        },
      }
      consumers.add(consumer)
      return consumer
    },
    ping: () => engine.ping(),
    close: async () => {
      // A backend that is away cannot be left politely; the connections end all the same.
      const left = await Promise.allSettled([
        ...[...consumers].map((consumer) => consumer.close()),
        ...[...opened.values()].map((queue) => queue.close()),
      ])
      for (const result of left) if (result.status === 'rejected') log.warn({ err: result.reason as unknown }, 'queue not closed cleanly')
      await engine.close()
    },
  }
}
