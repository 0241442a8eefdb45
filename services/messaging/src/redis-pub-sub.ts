/** Pub/sub on Redis. */

import type { Logger } from '@aiia/kit/logger'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import type { FeedEngine } from './feed.ts'
import { connectRedis, failFast, patient } from './redis-connection.ts'

/** @returns once its two connections are made */
export const createRedisFeedEngine = async (url: string, log: Logger): Promise<FeedEngine> => {
  // Who publishes never waits for a Redis that is away: what it did is in the store.
  const [publisher, subscriber] = await Promise.all([connectRedis(url, log, failFast), connectRedis(url, log, patient)])
  const listeners = new Set<() => void>()
  // The first `ready` was before this line; any further one means that the connection was away.
  subscriber.on('ready', () => {
    log.info('feed: connected again')
    for (const listener of listeners) listener()
  })
  return {
    pubSub: new RedisPubSub({ publisher, subscriber }),
    onReconnect: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ping: async () => {
      await publisher.ping()
      if (subscriber.status !== 'ready') throw new Error('The feed is not connected.')
    },
    close: async () => {
      publisher.disconnect()
      subscriber.disconnect()
    },
  }
}
