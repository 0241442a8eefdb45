/** Pub/sub on Redis. */

import type { Logger } from '@aiia/kit/logger'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import type { Redis } from 'ioredis'
import type { FeedEngine } from './feed.ts'

/** @param connect makes a connection; the feed owns two */
export const createRedisFeedEngine = async (connect: () => Promise<Redis>, log: Logger): Promise<FeedEngine> => {
  const [publisher, subscriber] = await Promise.all([connect(), connect()])
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
