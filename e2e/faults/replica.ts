/** A copy of a platform's Redis, that can take its place. */

import { startRedis } from '@aiia/testkit/redis'
import { askRedis } from './redis.ts'
import type { Stage } from './stage.ts'
import { until } from './until.ts'

export type Replica = {
  /** Follows no more: from here on it falls behind. */
  part(): Promise<unknown>
  /** The platform is led to it, and finds it writable. */
  promote(): Promise<void>
  /** Leads back to the first one. */
  stop(): Promise<void>
}

/** @returns one that has all that the platform's Redis has, and follows it */
export const startReplica = async ({ platform: { redis, proxies } }: Stage): Promise<Replica> => {
  const way = proxies.redis
  if (redis === undefined || way === undefined) throw new Error('This platform has no Redis.')
  const copy = await startRedis()
  const lead = (port: number): void => {
    way.leadTo(port)
    way.cut()
  }
  const part = () => askRedis(copy.port, 'REPLICAOF', 'NO', 'ONE')
  await askRedis(copy.port, 'REPLICAOF', '127.0.0.1', String(redis.port))
  await until('The copy of Redis', async () =>
    (await askRedis(copy.port, 'INFO', 'replication')).includes('master_link_status:up') ? true : undefined,
  )
  return {
    part,
    promote: async () => {
      await part()
      lead(copy.port)
    },
    stop: async () => {
      lead(redis.port)
      await copy.stop()
    },
  }
}
