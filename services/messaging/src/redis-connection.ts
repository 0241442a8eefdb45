/** Connections to Redis, and whether that Redis is fit to carry a queue. */

import type { Logger } from '@aiia/kit/logger'
import { SettingsError } from '@aiia/kit/settings'
import { Redis, type RedisOptions } from 'ioredis'

/** What is asked while Redis is away fails at once; where its machine fell silent, after this time. */
export const failFast = { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 2_000 } satisfies RedisOptions

/** What is asked while Redis is away waits for it. */
export const patient = { maxRetriesPerRequest: null } satisfies RedisOptions

/** @returns a connected client that comes back by itself; rejects when the first attempt fails */
export const connectRedis = async (url: string, log: Logger, manner: typeof failFast | typeof patient): Promise<Redis> => {
  const redis = new Redis(url, { ...manner, lazyConnect: true, retryStrategy: (times) => Math.min(times * 100, 5_000) })
  // Without a listener ioredis prints to the console itself.
  redis.on('error', (error) => log.warn({ err: error }, 'redis: connection error'))
  await redis.connect()
  return redis
}

/**
 * A Redis that evicts keys loses deliveries.
 *
 * @throws SettingsError when it is set up to evict; where CONFIG is not permitted this is only a warning in the log
 */
export const refuseEviction = async (redis: Redis, log: Logger): Promise<void> => {
  const policy = await redis.config('GET', 'maxmemory-policy').then(
    (answer) => String(answer[1]),
    (error: unknown) => {
      log.warn({ err: error }, 'redis: the eviction policy cannot be read; it must be noeviction')
      return 'noeviction'
    },
  )
  if (policy === 'noeviction') return
  throw new SettingsError([
    `REDIS_URL: this Redis may evict keys (maxmemory-policy ${policy}) and so lose deliveries; run: redis-cli config set maxmemory-policy noeviction`,
  ])
}

/** The server's version, such as `8.2.1`. */
export const redisVersion = async (redis: Redis): Promise<string | null> =>
  /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? null
