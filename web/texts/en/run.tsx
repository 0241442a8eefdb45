/** The page of one run: its head, its figures, its steps, its history. What stands in its cards of their own has a file each. */

import type { ReactNode } from 'react'
import { formatCount, formatUtc } from '@/ui/format.ts'

/** Of the browser's tab. */
export const documentTitle = (number: number) => `Run #${number} · AIIA`
/** The way back, over the title. */
export const trail = 'Job History'
export const title = (number: number) => `Run #${number}`
/** `run`: "#12", as a link. */
export const retryOf = (run: ReactNode) => <>retry of {run}</>
/** `when`: "3h ago". */
export const queued = (when: ReactNode) => <>queued {when}</>

export const retry = 'Retry'
export const syncAgain = 'Sync again'
export const notRetried = (number: number) => `Run #${number} was not retried`
/** Ends the run. */
export const cancel = 'Cancel'
export const cancelQuestion = (number: number) => `Cancel run #${number}?`
export const cancelConsequence = (connector: string) =>
  `${connector} stops syncing. Streams that are committed stay; nothing of the others is written.`
export const keepRunning = 'Keep running'
export const cancelConfirm = 'Cancel the run'
export const notCancelled = (number: number) => `Run #${number} was not cancelled`

export const figures = 'Figures'
export const recordsIngested = 'Records ingested'
export const ofRead = (read: number) => `${formatCount(read)} read`
export const recordsRead = 'Records read'
export const progress = (percent: number, expected: number) => `${percent}% of ${formatCount(expected)}`
export const rate = 'Rate'
export const averageRate = 'Average rate'
/** The unit under the rate. */
export const rowsPerSecond = 'rows per second'
export const dataRead = 'Data read'
export const bytesPerRow = (bytes: number) => `${formatCount(bytes)} B per row`
export const duration = 'Duration'
export const attemptOf = (attempt: number, max: number) => `attempt ${attempt} of ${max}`
export const timeLeft = 'Time left'
/** What the time left is computed from. */
export const timeLeftBasis = (rows: number) => `${formatCount(rows)} rows at this rate`
/** Instead of a time left. */
export const sizeUnknown = 'the size is not known'
/** Instead of a time left. */
export const moreThanExpected = 'more than the source expected'
/** Instead of a time left. */
export const allRead = 'all is read: matching and committing'
export const rejected = 'Rejected'
export const someRejected = 'rows failed validation'
export const noneRejected = 'every row passed validation'

export const steps = 'Steps'
export const stepsToCome = 'The steps appear when a worker takes the run.'
export const noSteps = 'The run ended before its first step.'
/** For those who listen, behind the name of a step: sighted readers see an icon. */
export const stepStatusNames = {
  PENDING: 'waiting',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  SKIPPED: 'skipped',
}
export const stepRows = (read: number) => `${formatCount(read)} rows`

export const history = 'History'
/** Of more than one. */
export const attempts = (count: number) => `${count} attempts`
export const attemptRead = (rows: number) => `read ${formatCount(rows)} rows`
/** Leads to where the attempt begins in the log. */
export const logLine = (number: number) => `log line ${formatCount(number)}`

export const rejectedRowsRemoved = 'The rejected rows were removed'
export const log = 'Log'
export const logRemoved = 'The log was removed'
/** Under the title of what was removed. */
export const removedOn = (at: number) => `On ${formatUtc(at)}, as the retention of this connector says.`
