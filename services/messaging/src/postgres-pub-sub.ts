/** Pub/sub over LISTEN and NOTIFY, on a connection of its own that comes back by itself. */

import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '@aiia/kit/logger'
import { PubSubEngine } from 'graphql-subscriptions'
import pg from 'pg'
import type { FeedEngine } from './feed.ts'

/** Topics become channels under this prefix, apart from other users of the database. */
const channelOf = (topic: string): string => `aiia_feed_${topic}`

const longestWaitMs = 5_000

class PostgresPubSub extends PubSubEngine {
  readonly #listeners = new Map<number, { topic: string; listener: (event: unknown) => void }>()
  readonly #listen: (channel: string) => Promise<void>
  readonly #publisher: pg.Pool
  #lastId = 0

  constructor(publisher: pg.Pool, listen: (channel: string) => Promise<void>) {
    super()
    this.#publisher = publisher
    this.#listen = listen
  }

  async publish(topic: string, event: unknown): Promise<void> {
    await this.#publisher.query('SELECT pg_notify($1, $2)', [channelOf(topic), JSON.stringify(event)])
  }

  async subscribe(topic: string, listener: (event: unknown) => void): Promise<number> {
    this.#lastId += 1
    const id = this.#lastId
    this.#listeners.set(id, { topic, listener })
    await this.#listen(channelOf(topic))
    return id
  }

  unsubscribe(id: number): void {
    this.#listeners.delete(id)
  }

  /** The channels that must be listened to; topics are few and fixed, so none is ever given up. */
  channels(): string[] {
    return [...new Set([...this.#listeners.values()].map(({ topic }) => channelOf(topic)))]
  }

  dispatch(channel: string, payload: string): void {
    const event: unknown = JSON.parse(payload)
    for (const { topic, listener } of this.#listeners.values()) if (channelOf(topic) === channel) listener(event)
  }
}

/** @returns once it is connected */
export const createPostgresFeedEngine = async (databaseUrl: string, log: Logger): Promise<FeedEngine> => {
  const events = new EventEmitter<{ reconnect: [] }>().setMaxListeners(0)
  const publisher = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: 'aiia feed' })
  publisher.on('error', (error) => log.warn({ err: error }, 'feed: a publishing connection was lost'))
  let listening: pg.Client | undefined
  let closed = false
  const pubSub = new PostgresPubSub(publisher, async (channel) => {
    // Without a connection the reconnect listens to every channel.
    await listening?.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
  })

  const connect = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'aiia feed',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    })
    client.on('error', (error) => log.warn({ err: error }, 'feed: the listening connection was lost'))
    client.on('notification', ({ channel, payload }) => pubSub.dispatch(channel, payload ?? 'null'))
    await client.connect()
    for (const channel of pubSub.channels()) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
    client.once('end', () => {
      listening = undefined
      if (!closed) void reconnect()
    })
    listening = client
  }

  const reconnect = async (): Promise<void> => {
    for (let delay = 50; !closed; delay = Math.min(delay * 2, longestWaitMs)) {
      try {
        await connect()
        events.emit('reconnect')
        return
      } catch (error) {
        log.warn({ err: error }, 'feed: cannot connect, will try again')
        await wait(delay)
      }
    }
  }

  await connect()
  return {
    pubSub,
    onReconnect: (listener) => {
      events.on('reconnect', listener)
      return () => events.off('reconnect', listener)
    },
    ping: async () => {
      if (listening === undefined) throw new Error('The feed is not connected.')
      await publisher.query('SELECT 1')
    },
    close: async () => {
      closed = true
      await Promise.all([listening?.end(), publisher.end()])
    },
  }
}
