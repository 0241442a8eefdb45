/** The feed: small events that say that something changed. Who hears one reads what, from the store. */

import type { Logger } from '@aiia/kit/logger'
import type { PubSubEngine } from 'graphql-subscriptions'

export type FeedTopics = {
  /** Something of a run that a viewer can see has changed. */
  'job-run': { id: string; connectorId: string; revision: number; lastLogSeq: number }
  /** The run with this id was cancelled: the worker that holds it stops it. */
  cancel: { id: string }
  /** The question to a source with this id is answered. */
  'source-request': { id: string }
  /** Somebody waits for the delivery with this id: whoever sends notifications shall look now. */
  notification: { id: string }
}

export type Feed = {
  /** Best effort: a lost event is logged, never an error, since the store holds the truth. */
  publish<T extends keyof FeedTopics>(topic: T, event: FeedTopics[T]): Promise<void>
  /** @returns once the subscription is live, a function that ends it */
  subscribe<T extends keyof FeedTopics>(topic: T, listener: (event: FeedTopics[T]) => void): Promise<() => Promise<void>>
  /** The listener is called when the connection was lost and is back: what was missed has to be read again. */
  onReconnect(listener: () => void): () => void
}

/** A pub/sub engine, and how it tells that it lost its connection and has it back. */
export type FeedEngine = {
  pubSub: PubSubEngine
  onReconnect(listener: () => void): () => void
  ping(): Promise<void>
  close(): Promise<void>
}

export const createFeed = ({ pubSub, onReconnect }: FeedEngine, log: Logger): Feed => ({
  publish: async (topic, event) => {
    try {
      await pubSub.publish(topic, event)
    } catch (error) {
      log.warn({ err: error, topic }, 'event not published')
    }
  },
  subscribe: async <T extends keyof FeedTopics>(topic: T, listener: (event: FeedTopics[T]) => void) => {
    const subscription = await pubSub.subscribe(topic, (event: FeedTopics[T]) => listener(event), {})
    return async () => {
      await pubSub.unsubscribe(subscription)
    }
  },
  onReconnect,
})
