/** What the hub has told of each run, so that it tells nothing twice and forgets no run that goes on. */

import { isFinal } from '@aiia/core/job-run/status'
import type { LiveRun, RunMark } from './live-run.ts'

type Told = Pick<RunMark, 'connectorId' | 'revision'> & { pendingReason: string | null; final: boolean }

/** Runs to remember although they have ended: late doubles of their events need no read. */
const mostRemembered = 2_000

export type RunTracker = {
  /** Whether an event says more than was told. */
  isNews(mark: RunMark): boolean
  /** Takes down that `run` is told now; false when as much was told before. */
  accept(run: LiveRun): boolean
  /** A snapshot told of `run` to one reader only: the others may still need it. */
  note(run: LiveRun): void
  /** Runs that go on and are still watched. */
  open(isWatched: (mark: Pick<RunMark, 'id' | 'connectorId'>) => boolean): string[]
}

export const createTracker = (): RunTracker => {
  const told = new Map<string, Told>()
  const going = new Map<string, string>()

  const note = (run: LiveRun): void => {
    if (isFinal(run.status)) going.delete(run.id)
    else going.set(run.id, run.connectorId)
  }

  return {
    isNews: ({ id, revision }) => revision > (told.get(id)?.revision ?? 0),
    accept: (run) => {
      note(run)
      const before = told.get(run.id)
      if (before && (before.revision > run.revision || (before.revision === run.revision && before.pendingReason === run.pendingReason)))
        return false
      // Again at the end of the map: the oldest are forgotten first.
      told.delete(run.id)
      told.set(run.id, {
        connectorId: run.connectorId,
        revision: run.revision,
        pendingReason: run.pendingReason,
        final: isFinal(run.status),
      })
      forgetOldest(told)
      return true
    },
    note,
    open: (isWatched) => {
      for (const [id, connectorId] of going) if (!isWatched({ id, connectorId })) going.delete(id)
      return [...going.keys()]
    },
  }
}

const forgetOldest = (told: Map<string, Told>): void => {
  if (told.size <= mostRemembered) return
  for (const [id, { final }] of told) {
    if (final) {
      told.delete(id)
      return
    }
  }
}
