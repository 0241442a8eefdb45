/** The list of connectors. What is done to many at once: connectors-bulk.ts */

import type { ReactNode } from 'react'
import type { JobRunStatus } from '@/graphql/generated/graphql.ts'
import { formatCount } from '@/ui/format.ts'

export const title = 'Connectors'
export const sources = (count: number) => `${formatCount(count)} ${count === 1 ? 'source' : 'sources'}`
export const search = 'Search connectors'
export const newConnector = 'New connector'

export const kindFilter = 'Kind'
export const statusFilter = 'Last status'
export const stateFilter = 'State'
export const stateNames: Record<'active' | 'paused', string> = { active: 'Active', paused: 'Paused' }
export const clearFilters = 'Clear'

export const notLoaded = 'The connectors could not be loaded'

export const emptyTitle = 'No connectors yet'
export const emptyHint =
  'A connector is an outside source of records, such as a PostgreSQL database. Add one, choose the tables it brings, and every Sync Now refreshes them in the destination.'

export const noMatchTitle = 'No connector matches'
export const noMatchHint = 'No connector has what the search and the filters ask for.'
export const clearSearch = 'Clear search and filters'

export const selectAll = 'Select all connectors shown'
export const lastRunHeading = 'Last run'
export const lastRunsHeading = 'Last 20 runs'
export const recordsHeading = 'Records'
export const scheduleHeading = 'Schedule'
/** Over the buttons of the rows; only heard. */
export const actionsHeading = 'Actions'

export const select = (connector: string) => `Select ${connector}`
/** The badge of a connector that is not enabled. */
export const paused = 'Paused'
export const runOf = (number: number, connector: string) => `Run #${number} of ${connector}`
export const neverSynced = 'Never synced'
export const recordsRead = 'Records read'
/** Of a schedule. @param time such as "in 5h" */
export const next = (time: ReactNode) => <>next {time}</>
export const onDemand = 'On demand'

export const showMore = 'Show more'

// The bars of the last runs, for those who cannot see them.

const ends: Record<JobRunStatus, string> = {
  PENDING: 'pending',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  ERROR: 'ended in error',
  CANCELLED: 'cancelled',
}

export const noRuns = 'No runs yet'
export const lastRunWas = (status: JobRunStatus) => `Last run: ${ends[status]}`
/** @param parts each a `runsThatEnded`, the most frequent first */
export const lastRunsWere = (count: number, parts: readonly string[]) => `Last ${count} runs: ${parts.join(', ')}`
export const runsThatEnded = (count: number, status: JobRunStatus) => `${count} ${ends[status]}`
