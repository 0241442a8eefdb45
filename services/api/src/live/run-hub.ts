/**
 * Turns feed events into states of runs, once per process: one subscription to the feed, at most one read at a time,
 * and every reader is handed the same object. The feed may lose, double and reorder events: what is told is what
 * was read, revisions only grow, and a sweep finds what no event told of.
 */

import type { Logger } from '@aiia/kit/logger'
import type { Feed } from '@aiia/messaging/feed'
import type { PrismaClient } from '@aiia/prisma/client'
import { Repeater } from '@repeaterjs/repeater'
import { rateLimited } from '../errors.ts'
import { type Conflated, createConflated } from './conflated.ts'
import { type Interest, type LiveRun, newestNumber, type RunMark, readMarks, readRuns, readSnapshot } from './live-run.ts'
import { createTracker } from './run-tracker.ts'

export type RunHub = {
  /** The state as it stands, then every newer one; a slow reader skips to the newest. Ends when the hub closes. */
  watch(interest: Interest): Repeater<LiveRun>
  close(): Promise<void>
}

export type HubOptions = {
  prisma: PrismaClient
  feed: Feed
  log: Logger
  /** How often to look for what no event told of. */
  sweepMs?: number
}

/** Runs that one reader may have waiting: more than that and it starts over from a snapshot. */
const mostWaiting = 2_000

type Reader = {
  waiting: Conflated<string, LiveRun>
  /** Highest revisions offered while the snapshot was read, each until the hub told as much: a read of it may be older. */
  offered: Map<string, number>
  snapshotTaken: boolean
}

const topicOf = (interest: Interest): string =>
  interest === 'all' ? 'all' : 'runId' in interest ? `run:${interest.runId}` : `connector:${interest.connectorId}`

const topicsOf = ({ id, connectorId }: Pick<RunMark, 'id' | 'connectorId'>): string[] => [`run:${id}`, `connector:${connectorId}`, 'all']

export const createRunHub = async ({ prisma, feed, log, sweepMs = 5_000 }: HubOptions): Promise<RunHub> => {
  const readers = new Map<string, Set<Reader>>()
  const tracker = createTracker()
  const dirty = new Set<string>()
  let sweptTo = await newestNumber(prisma)
  let reading = false
  let closed = false

  const isWatched = (mark: Pick<RunMark, 'id' | 'connectorId'>): boolean => topicsOf(mark).some((topic) => readers.has(topic))

  const deliver = (run: LiveRun): void => {
    if (!tracker.accept(run)) return
    for (const topic of topicsOf(run)) for (const reader of readers.get(topic) ?? []) offer(reader, run)
  }

  const readDirty = async (): Promise<void> => {
    if (reading) return
    reading = true
    while (dirty.size > 0 && !closed) {
      const ids = [...dirty]
      dirty.clear()
      await readRuns(prisma, ids).then(
        (runs) => runs.forEach(deliver),
        // The sweep comes back to them.
        (err: unknown) => log.warn({ err }, 'cannot read runs for their viewers'),
      )
    }
    reading = false
  }

  const onEvent = (mark: RunMark): void => {
    if (tracker.isNews(mark) && isWatched(mark)) {
      dirty.add(mark.id)
      void readDirty()
    }
  }

  const sweep = async (): Promise<void> => {
    if (readers.size === 0) return
    try {
      for (const mark of await readMarks(prisma, tracker.open(isWatched), sweptTo)) {
        sweptTo = Math.max(sweptTo, mark.number)
        onEvent(mark)
        // Its reason may have changed, which is not written anywhere.
        if (mark.status === 'PENDING' && isWatched(mark)) dirty.add(mark.id)
      }
    } catch (err) {
      log.warn({ err }, 'cannot look for changed runs')
    }
    await readDirty()
  }

  const unsubscribe = await feed.subscribe('job-run', onEvent)
  const stopListening = feed.onReconnect(() => void sweep())
  const timer = setInterval(() => void sweep(), sweepMs)

  const watch = (interest: Interest): Repeater<LiveRun> =>
    new Repeater(async (push, stop) => {
      const reader: Reader = { waiting: createConflated(), offered: new Map(), snapshotTaken: false }
      const topic = topicOf(interest)
      addTo(readers, topic, reader)
      void stop.then(() => reader.waiting.end())
      try {
        for (const run of await readSnapshot(prisma, interest)) {
          tracker.note(run)
          offer(reader, run)
        }
        reader.snapshotTaken = true
        for (let run = await reader.waiting.take(); run !== null; run = await reader.waiting.take()) await push(run)
      } finally {
        removeFrom(readers, topic, reader)
        stop()
      }
    })

  return {
    watch,
    close: async () => {
      if (closed) return
      closed = true
      clearInterval(timer)
      stopListening()
      await unsubscribe()
      for (const group of readers.values()) for (const { waiting } of group) waiting.end()
    },
  }
}

const offer = ({ waiting, offered, snapshotTaken }: Reader, run: LiveRun): void => {
  if ((offered.get(run.id) ?? 0) > run.revision) return
  // What the hub tells itself is in order from here on.
  if (snapshotTaken) offered.delete(run.id)
  else offered.set(run.id, run.revision)
  if (waiting.size >= mostWaiting)
    waiting.end(rateLimited('More happens than this subscription reads. Subscribe again to start from the state as it stands.'))
  else waiting.put(run.id, run)
}

const addTo = <K, V>(groups: Map<K, Set<V>>, key: K, value: V): void => {
  const group = groups.get(key)
  if (group) group.add(value)
  else groups.set(key, new Set([value]))
}

const removeFrom = <K, V>(groups: Map<K, Set<V>>, key: K, value: V): void => {
  const group = groups.get(key)
  group?.delete(value)
  if (group?.size === 0) groups.delete(key)
}
