/** Writes what the thread reports to the store: counts at most every 100 ms, log lines in small batches, one write at a time. */

import { noRecords, type RecordCounts } from '@aiia/core/job-run/counts'
import type { LogEntry } from '@aiia/core/job-run/log-line'
import type { JobStep } from '@aiia/core/job-run/step'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import type { Logger } from '@aiia/kit/logger'
import type { Feed } from '@aiia/messaging/feed'
import type { Held } from '@aiia/store/claim-run'
import type { StoreContext } from '@aiia/store/context'
import { recordProgress } from '@aiia/store/record-progress'

export type ProgressRecorder = {
  log(entry: LogEntry): void
  counts(counts: RecordCounts): void
  step(step: JobStep): void
  rejected(rows: RejectedRow[]): void
  /** Stops writing, and hands over what is not written yet, for the transaction that ends the attempt. */
  rest(): Promise<{ counts: RecordCounts; steps: JobStep[]; lines: LogEntry[]; rejected: RejectedRow[] }>
}

type Options = StoreContext & { feed: Feed; log: Logger; held: Held; lost(): void; mostLines: number; linesBefore: number }

const writeEveryMs = 100

/** Weight of the newest reading in the moving average of the rate. */
const smoothing = 0.2

export const createProgressRecorder = ({ prisma, feed, log, held, lost, mostLines, linesBefore }: Options): ProgressRecorder => {
  let [counts, told]: [RecordCounts, RecordCounts] = [noRecords, noRecords]
  let [lines, rejected, leftOut]: [LogEntry[], RejectedRow[], number] = [[], [], 0]
  let linesWritten = linesBefore
  let steps = new Map<number, JobStep>()
  let rate: { at: number; read: number; rowsPerSecond: number | null } = { at: performance.now(), read: 0, rowsPerSecond: null }
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let stopped = false

  const measureRate = (): number | null => {
    const now = performance.now()
    const seconds = (now - rate.at) / 1_000
    if (seconds < 0.05) return rate.rowsPerSecond
    const newest = Math.max(0, counts.read - rate.read) / seconds
    rate = {
      at: now,
      read: counts.read,
      rowsPerSecond: rate.rowsPerSecond === null ? newest : rate.rowsPerSecond * (1 - smoothing) + newest * smoothing,
    }
    return rate.rowsPerSecond
  }

  const take = () => {
    const taken = { lines, rejected, steps: [...steps.values()] }
    ;[lines, rejected, steps] = [[], [], new Map()]
    return taken
  }

  const write = async (): Promise<void> => {
    const taken = take()
    const now = counts
    try {
      const notice = await recordProgress({ prisma }, held, { counts: now, rowsPerSecond: measureRate(), ...taken })
      if (notice === null) {
        stopped = true
        lost()
        return
      }
      told = now
      await feed.publish('job-run', notice)
    } catch (error) {
      // The database is away: what was taken goes back and is written when it is there again.
      log.warn({ err: error, runId: held.runId }, 'progress not written, will try again')
      lines = [...taken.lines, ...lines]
      rejected = [...taken.rejected, ...rejected]
      steps = new Map([...taken.steps.map((step) => [step.position, step] as const), ...steps])
    }
  }

  /** The first report is written at once; what comes while it is written waits for the next turn. */
  const schedule = (): void => {
    if (stopped || timer !== undefined || writing !== undefined) return
    writing = write().finally(() => {
      writing = undefined
      timer = setTimeout(() => {
        timer = undefined
        if (lines.length > 0 || steps.size > 0 || rejected.length > 0 || counts !== told) schedule()
      }, writeEveryMs)
    })
  }

  return {
    log: (entry) => {
      linesWritten += 1
      if (linesWritten <= mostLines) lines.push(entry)
      else leftOut += 1
      schedule()
    },
    counts: (newest) => {
      counts = newest
      schedule()
    },
    step: (step) => {
      steps.set(step.position, step)
      schedule()
    },
    rejected: (rows) => {
      rejected.push(...rows)
      schedule()
    },
    rest: async () => {
      stopped = true
      clearTimeout(timer)
      await writing
      const taken = take()
      if (leftOut > 0)
        taken.lines.push({
          at: new Date(),
          level: 'WARN',
          message: `${leftOut} log lines were left out: a run keeps at most ${mostLines}.`,
        })
      return { counts, ...taken }
    },
  }
}
