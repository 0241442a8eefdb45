/** BullMQ on either backend, behind the two things we need of it: a queue that adds and a worker that takes. */

import type { Logger } from '@aiia/kit/logger'
import { createPostgresBackend, createRedisBackend, withBackend } from 'bullmq'
import { failFast, patient } from './redis-connection.ts'

/** Ours decide about repeats and about what is kept, so BullMQ does neither. */
const deliveryOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const

export type BullMQBackend = {
  openQueue(name: string): { add(id: string, payload: unknown): Promise<void>; close(): Promise<void> }
  openWorker(
    name: string,
    concurrency: number,
    handle: (payload: unknown) => Promise<void>,
  ): { ready(): Promise<void>; pause(): Promise<void>; close(): Promise<void> }
}

/** What both pairs of classes share; their further types differ by backend. */
type Opened = { on(event: 'error', listener: (error: Error) => void): unknown; close(): Promise<void> }

const watched = <T extends Opened>(opened: T, log: Logger, name: string): T => {
  // BullMQ reconnects by itself; without a listener the event would end the process.
  opened.on('error', (error) => log.warn({ err: error, queue: name }, 'queue: connection error'))
  return opened
}

export const redisBackend = (url: string, log: Logger): BullMQBackend => {
  const { Queue, Worker } = withBackend(createRedisBackend)
  return {
    openQueue: (name) => {
      // While Redis is away the outbox keeps what is to be delivered.
      const queue = watched(new Queue<unknown>(name, { connection: { url, ...failFast }, defaultJobOptions: deliveryOptions }), log, name)
      return { add: async (id, payload) => void (await queue.add(name, payload, { jobId: id })), close: () => queue.close() }
    },
    openWorker: (name, concurrency, handle) => {
      const worker = watched(
        new Worker<unknown>(name, (delivery) => handle(delivery.data), { connection: { url, ...patient }, concurrency }),
        log,
        name,
      )
      return { ready: () => worker.waitUntilReady(), pause: () => worker.pause(true), close: () => worker.close() }
    },
  }
}

export const postgresBackend = (databaseUrl: string, log: Logger): BullMQBackend => {
  const { Queue, Worker } = withBackend(createPostgresBackend)
  const connection = { connectionString: databaseUrl, schema: 'bullmq', migrate: true, max: 2 }
  return {
    openQueue: (name) => {
      const queue = watched(new Queue<unknown>(name, { connection, defaultJobOptions: deliveryOptions }), log, name)
      return { add: async (id, payload) => void (await queue.add(name, payload, { jobId: id })), close: () => queue.close() }
    },
    openWorker: (name, concurrency, handle) => {
      const worker = watched(new Worker<unknown>(name, (delivery) => handle(delivery.data), { connection, concurrency }), log, name)
      return { ready: () => worker.waitUntilReady(), pause: () => worker.pause(true), close: () => worker.close() }
    },
  }
}
