/** Writes what the thread reports to the store: counts at most every 100 ms, log lines in small batches, one write at a time. */

import { noRecords, type RecordCounts } from '@aiia/core/job-run/counts'
import type { LogEntry } from '@aiia/core/job-run/log-line'
import { withReading } from '@aiia/core/job-run/rate-series'
import type { JobStep } from '@aiia/core/job-run/step'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import type { Logger } from '@aiia/kit/logger'
import type { Feed } from '@aiia/messaging/feed'
import type { Claim } from '@aiia/store/claim-run'
import type { StoreContext } from '@aiia/store/context'
import { type BegunStream, recordProgress } from '@aiia/store/record-progress'
import { createMovingRate } from './moving-rate.ts'

export type ProgressRecorder = {
  log(entry: LogEntry): void
  counts(counts: RecordCounts): void
  step(step: JobStep): void
  rejected(rows: RejectedRow[]): void
  begins(begun: BegunStream): void
  /** Resolves when all rejected rows up to here are written, or nothing is written any more. */
  kept(): Promise<void>
  /** Stops writing, and hands over what is not written yet, for the transaction that ends the attempt. */
  rest(): Promise<{ counts: RecordCounts; steps: JobStep[]; lines: LogEntry[]; rejected: RejectedRow[]; begun: BegunStream[] }>
}

type Options = StoreContext & { feed: Feed; log: Logger; claim: Claim; lost(): void; mostLines: number }

const writeEveryMs = 100

/** Without a new report for so long, nothing flows any more: the page says so, and no longer when it will be done. */
const silentMs = 3_000

export const createProgressRecorder = ({ prisma, feed, log, claim, lost, mostLines }: Options): ProgressRecorder => {
  let [counts, told]: [RecordCounts, RecordCounts] = [noRecords, noRecords]
  let [lines, rejected, leftOut]: [LogEntry[], RejectedRow[], number] = [[], [], 0]
  let begun: BegunStream[] = []
  /** Of rejected rows and streams that begin: what is told, and what of it is written. */
  let [toKeep, isKept] = [0, 0]
  let waiting: { for: number; resolve(): void }[] = []
  let linesWritten = claim.lastLogSeq
  let steps = new Map<number, JobStep>()
  const rate = createMovingRate(performance.now())
  const begunAt = performance.now()
  let [series, seriesTold] = [claim.rateSeries, claim.rateSeries]
  let timer: NodeJS.Timeout | undefined
  let silence: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let stopped = false

  /** The time since the run's start is told by the database's clock, and goes on by a clock that nobody sets. */
  const takeReading = (): void => {
    series = withReading(series, Math.round(claim.elapsedMs + performance.now() - begunAt), counts.read)
  }

  const take = () => {
    const taken = { lines, rejected, begun, steps: [...steps.values()] }
    ;[lines, rejected, begun, steps] = [[], [], [], new Map()]
    return taken
  }

  const answer = (): void => {
    const answered = waiting.filter((one) => stopped || one.for <= isKept)
    waiting = waiting.filter((one) => !answered.includes(one))
    for (const { resolve } of answered) resolve()
  }

  const write = async (): Promise<void> => {
    const taken = take()
    const keptThen = toKeep
    const now = counts
    takeReading()
    const rateSeries = series === seriesTold ? undefined : series
    try {
      const notice = await recordProgress({ prisma }, claim, {
        counts: now,
        rowsPerSecond: rate.reading(now.read, performance.now()),
        rateSeries,
        ...taken,
      })
      if (notice === null) {
        stopped = true
        answer()
        lost()
        return
      }
      isKept = keptThen
      answer()
      told = now
      seriesTold = rateSeries ?? seriesTold
      await feed.publish('job-run', notice)
    } catch (error) {
      // The database is away: what was taken goes back and is written when it is there again.
      log.warn({ err: error, runId: claim.runId }, 'progress not written, will try again')
      lines = [...taken.lines, ...lines]
      rejected = [...taken.rejected, ...rejected]
      begun = [...taken.begun, ...begun]
      steps = new Map([...taken.steps.map((step) => [step.position, step] as const), ...steps])
    }
  }

  const fallSilent = (): void => {
    rate.silent(performance.now())
    schedule()
  }

  /** The first report is written at once; what comes while it is written waits for the next turn. */
  const schedule = (): void => {
    if (stopped || timer !== undefined || writing !== undefined) return
    clearTimeout(silence)
    writing = write().finally(() => {
      writing = undefined
      timer = setTimeout(() => {
        timer = undefined
        if (lines.length > 0 || steps.size > 0 || toKeep > isKept || counts !== told) schedule()
        else if (!stopped && rate.flows()) silence = setTimeout(fallSilent, silentMs - writeEveryMs)
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
      toKeep += 1
      schedule()
    },
    begins: (stream) => {
      // Nothing was told before the first attempt.
      if (claim.attempt === 1) return
      begun.push(stream)
      toKeep += 1
      schedule()
    },
    kept: () =>
      new Promise((resolve) => {
        waiting.push({ for: toKeep, resolve })
        answer()
      }),
    rest: async () => {
      stopped = true
      answer()
      clearTimeout(timer)
      clearTimeout(silence)
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
