/** What the engine tells of a run while it works. */

import type { RecordCounts } from '@aiia/core/job-run/counts'
import type { LogLevel } from '@aiia/core/job-run/log-line'
import type { JobStep } from '@aiia/core/job-run/step'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'

/** Called from inside the run's thread; each must be cheap and must not throw. */
export type SyncReport = {
  log(level: LogLevel, message: string): void
  /** Of the whole run so far; at most every 100 ms while rows flow, and at the end of each step. */
  counts(counts: RecordCounts): void
  /** The step as it is now; `position` says which. */
  step(step: JobStep): void
  rejected(rows: RejectedRow[]): void
  /** The stream is read from the row behind so many on: what was told of the rows from there by an earlier attempt is void. */
  begins(stream: string, behind: number): void
  /** Resolves when all rejected rows that were told are kept; rejects when the run is stopped. Awaited before a commit. */
  kept(): Promise<void>
}
