/** The counts of a run while it goes on: those of finished streams and those of the one at work. */

import { addCounts, noRecords, type RecordCounts } from '@aiia/core/job-run/counts'
import type { SyncReport } from './report.ts'

/** Often enough to be seen as movement, seldom enough to cost nothing. */
const tellEveryMs = 100

export type Tally = {
  /** Rows of the whole run as far as the sources announce them, null while one cannot tell. */
  expect(rows: number | null): void
  /** One chunk: the hot path. Rejected rows are among the others. */
  add(chunk: { rows: number; bytes: number; rejected: number }): void
  /** Sets what became of the current stream's rows, and tells. */
  settle(counts: Partial<RecordCounts>): RecordCounts
  /** The current stream is done; the next one counts from zero. */
  close(stream?: RecordCounts): void
  /** Of the stream at work. */
  current(): RecordCounts
  total(): RecordCounts
}

export const createTally = (report: SyncReport): Tally => {
  let done: RecordCounts = { ...noRecords, expected: 0 }
  let current: RecordCounts = { ...noRecords, expected: 0 }
  let expected: number | null = null
  let toldAt = Number.NEGATIVE_INFINITY
  let late: NodeJS.Timeout | undefined
  const total = (): RecordCounts => ({ ...addCounts(done, current), expected })
  const tell = (): void => {
    clearTimeout(late)
    late = undefined
    toldAt = performance.now()
    report.counts(total())
  }
  return {
    expect: (rows) => {
      expected = rows
      tell()
    },
    add: ({ rows, bytes, rejected }) => {
      current.read += rows
      current.bytes += bytes
      current.rejected += rejected
      const waitMs = toldAt + tellEveryMs - performance.now()
      if (waitMs <= 0) tell()
      // What came last before a source stalls must not stay untold until it goes on.
      else late ??= setTimeout(tell, waitMs).unref()
    },
    settle: (counts) => {
      current = { ...current, ...counts }
      tell()
      return current
    },
    close: (stream = current) => {
      done = addCounts(done, { ...stream, expected: 0 })
      current = { ...noRecords, expected: 0 }
      tell()
    },
    current: () => ({ ...current }),
    total,
  }
}
