/** How fresh a connector's data is, and how its runs went: figures and charts on its overview. The charts' tips: statistics-chart.ts */

import type { ReactNode } from 'react'
import type { Freshness } from '@/features/connectors/statistics/freshness.ts'
import { formatCount } from '@/ui/format.ts'

export const freshness = 'Freshness'

export const lastGood = 'Last good data'
/** There was no good data yet. */
export const never = 'never'
export const freshnessNames: Record<Freshness, string> = {
  ON_TIME: 'On time',
  LATE: 'Late',
  NEVER: 'No data yet',
  PAUSED: 'Paused',
  ON_DEMAND: 'On demand',
}
/** Beside "Late". @param time such as "3h ago" */
export const due = (time: ReactNode) => <>due {time}</>

export const nextRun = 'Next run'
export const paused = 'paused'
export const onDemand = 'on demand'
export const noSchedule = 'no schedule'

export const successRate = 'Success rate'
export const noEndedRun = 'no run ended in 30 days'
export const completedOf = (completed: number, ended: number) => `${formatCount(completed)} of ${formatCount(ended)} in 30 days`

export const typicalDuration = 'Typical duration'
export const typicalHint = 'half of the completed runs took less'

export const trends = 'Runs over time'
export const records = 'Records'
export const duration = 'Duration'
/** Of the bar that is pointed at. */
export const recordsOfRun = (count: number) => `${formatCount(count)} records`

export const showAsChart = 'Show as chart'
export const showAsTable = 'Show as table'
export const runHeading = 'Run'
export const endedHeading = 'Ended'

/** Beneath the charts: which runs they show. */
export const allRuns = (runs: number) => `${formatCount(runs)} ${runs === 1 ? 'run' : 'runs'} in 30 days`
export const newestRuns = (shown: number, runs: number) => `the newest ${formatCount(shown)} of ${allRuns(runs)}`
/** @param extent one of the two above */
export const noTrendYet = (extent: string) => `${extent}; a trend shows from the second on`

export const emptyCard = 'Records and duration'
export const emptyTitle = 'No run ended in the last 30 days'
export const emptyHint = 'Each run that ends becomes a bar here: how many records it brought, and how long it took.'
