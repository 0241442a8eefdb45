/** How long things are kept, in the settings. */

import type { ReactNode } from 'react'
import type { StoredThing } from '@/graphql/generated/graphql.ts'
import { formatCount } from '@/ui/format.ts'

const counted = (count: number, one: string): string => `${formatCount(count)} ${count === 1 ? one : `${one}s`}`

export const title = 'Default for all connectors'
export const hint =
  'Holds for every connector that does not say otherwise itself. The newest ended run of a connector and its newest completed one ' +
  'are kept whole, whatever their age. Records that runs have committed are not touched: they are the destination’s.'
export const auditHint =
  'Audit entries are kept for good: each holds the hash of the one before it, and the database refuses to remove any.'
export const lastChanged = (time: ReactNode, person: string | null) => (
  <>
    Last changed {time} by {person}.
  </>
)
export const goesTitle = 'With these values the next sweep takes away'
/** Continues the title. @param things such as "12 runs, 14 logs with 5,300 lines" */
export const goes = (things: string) => `${things}. It cannot be undone.`
export const isSaved = 'The retention is saved'

export const changeQuestion = 'Change the retention?'
export const nothingGoesHint = 'Nothing goes by it with the next sweep.'
/** @param things such as "12 runs, 14 logs with 5,300 lines" */
export const goesHint = (things: string) => `The next sweep, within 15 minutes, takes away ${things}. This cannot be undone.`
export const change = 'Change'

/** Of what a sweep takes away, parts that commas join. */
export const forecastRuns = (runs: number) => counted(runs, 'run')
export const forecastLogs = (logs: number, lines: number) => `${counted(logs, 'log')} with ${counted(lines, 'line')}`
export const forecastRejectedRows = (runs: number) => `the rejected rows of ${counted(runs, 'run')}`

export const storedNow = 'Stored now'
export const what = 'What'
export const rows = 'Rows'
export const onDisk = 'On disk'
export const thingNames: Record<StoredThing, string> = {
  RUNS: 'Runs',
  LOG_LINES: 'Log lines',
  REJECTED_ROWS: 'Rejected rows',
  AUDIT_ENTRIES: 'Audit entries',
}
export const aboutRows = (count: number) => `about ${formatCount(count)}`
/** @param things such as "12 runs, 14 logs with 5,300 lines"; null where nothing goes */
export const nextSweep = (things: string | null) =>
  `The next sweep takes away ${things ?? 'nothing'}. Sweeps follow one another every 15 minutes. Space that is freed is used again by the database.`

export const ownTitle = 'Connectors with a rule of their own'
export const noneWithOwn = 'There is none: what is set here holds for all. A connector’s own is set under its Settings.'
/** Of what a connector keeps, parts that commas join. */
export const ownRuns = (runs: number) => counted(runs, 'run')
export const ownRunsDays = (days: number) => `runs ${counted(days, 'day')}`
export const ownLogsDays = (days: number) => `logs ${counted(days, 'day')}`
export const ownRejectedRowsDays = (days: number) => `rejected rows ${counted(days, 'day')}`
