/** What a notification tells, frozen when it happens: each attempt to deliver it says the same. */

import type { Failure } from '../failures/failure.ts'
import type { RecordCounts } from '../job-run/counts.ts'
import type { JobRunStatus, JobTrigger } from '../job-run/status.ts'

type Named = { id: string; name: string }

/** Times are texts as JSON has them. */
export type RunFacts = {
  id: string
  number: number
  status: JobRunStatus
  trigger: JobTrigger
  attempt: number
  queuedAt: string
  startedAt: string | null
  finishedAt: string
  durationMs: number | null
  counts: RecordCounts
}

/** Of a failure, what helps whoever reads it; the rest is on the run's page. */
export type ToldFailure = Pick<Failure, 'code' | 'message' | 'rootCause' | 'resolution'>

export type Notification =
  | { event: 'RUN_FAILED'; connector: Named; run: RunFacts; failure: ToldFailure }
  | { event: 'RUN_RECOVERED'; connector: Named; run: RunFacts /** The newest one that had failed. */; failedRun: { number: number } }
  | {
      event: 'SCHEDULE_MISSED'
      connector: Named
      scheduledFor: string
      /** Why there was no run, or why it came late. */
      reason: string
      /** The late one; null: there was none. */
      run: { id: string; number: number } | null
    }
  | { event: 'TEST'; channel: Named; by: string }
