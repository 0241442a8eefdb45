/** Connectors that sync again and again, each as soon as its run has ended, whatever befalls the platform meanwhile. */

import { randomUUID } from 'node:crypto'
import { triggerSync } from '../platform/source.ts'
import type { Feed, Stage } from './stage.ts'
import { until, within } from './until.ts'

export type Load = {
  /** The newest run of each connector. */
  newest(): string[]
  /** @returns how many runs were asked for, when all of them have ended */
  stop(): Promise<number>
}

/** Through all attempts of a run, behind those of the others. */
const runEndsWithinMs = 300_000

export const keepSyncing = (stage: Stage, feeds: readonly Feed[]): Load => {
  const newest = new Map<Feed, string>()
  let stopped = false
  let runs = 0
  const syncAgain = async (feed: Feed): Promise<void> => {
    await stage.change(feed)
    const before = await stage.source.checksum(feed.table)
    // An answer that was lost on its way is asked for again, and must not make a second run.
    const key = randomUUID()
    const id = await until(`The trigger of ${feed.table}`, () => triggerSync(stage.platform, feed.connector, key), runEndsWithinMs)
    runs += 1
    newest.set(feed, id)
    feed.triggered.set(id, before)
    await within(`The end of the run of ${feed.table}`, stage.watch(id).done, runEndsWithinMs)
  }
  const loops = feeds.map(async (feed) => {
    while (!stopped) await syncAgain(feed)
  })
  const all = Promise.all(loops)
  // Told by `stop`; the others go on until then.
  all.catch(() => {
    stopped = true
  })
  return {
    newest: () => [...newest.values()],
    stop: async () => {
      stopped = true
      await all
      return runs
    },
  }
}
