/** Follows a run's log: every line once, in order, paged from the store and driven by the run's states. */

import type { LogLine } from '@aiia/core/job-run/log-line'
import { isFinal } from '@aiia/core/job-run/status'
import type { PrismaClient } from '@aiia/prisma/client'
import { readLog } from '@aiia/store/logs'
import { Repeater } from '@repeaterjs/repeater'
import type { RunHub } from './run-hub.ts'

const pageSize = 500

/** Many who follow one run ask for the same page at the same moment: one read serves them all. */
export type LogPages = { after(runId: string, seq: number): Promise<LogLine[]> }

export const createLogPages = ({ prisma }: { prisma: PrismaClient }): LogPages => {
  const reading = new Map<string, Promise<LogLine[]>>()
  return {
    after: (runId, seq) => {
      const key = `${runId}:${seq}`
      const page =
        reading.get(key) ??
        readLog({ prisma }, { runId, afterSeq: seq, first: pageSize })
          .then(({ lines }) => lines)
          .finally(() => reading.delete(key))
      reading.set(key, page)
      return page
    },
  }
}

/** Ends when the run has ended and all is sent. */
export const followLog = (
  { hub, logPages }: { hub: RunHub; logPages: LogPages },
  runId: string,
  afterSeq: number,
): Repeater<{ lines: LogLine[] }> =>
  new Repeater(async (push, stop) => {
    const states = hub.watch({ runId })
    let stopped = false
    void stop.then(() => {
      stopped = true
      return states.return()
    })
    let seq = afterSeq
    for await (const run of states) {
      while (!stopped && seq < run.lastLogSeq) {
        const lines = await logPages.after(runId, seq)
        const last = lines.at(-1)
        if (last === undefined) break
        seq = last.seq
        await push({ lines })
      }
      if (stopped || isFinal(run.status)) break
    }
    stop()
  })
