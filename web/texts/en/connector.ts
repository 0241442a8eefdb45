/** The page of one connector, with its overview. Its other tabs: connector-streams.ts, connector-schedule.ts, connector-settings.ts */

import type { MissedRunPolicy, OverlapPolicy, ScheduleSlotOutcome } from '@/graphql/generated/graphql.ts'
import { formatCount } from '@/ui/format.ts'

/** The way back to the list. */
export const connectors = 'Connectors'
/** The badge of a connector that is not enabled. */
export const paused = 'Paused'
export const fullSync = 'Full sync'
export const fullSyncHint = 'Reads everything once, whatever the modes of the streams'
export const syncNow = 'Sync Now'
/** In its place while a run goes on. */
export const syncing = 'Syncing…'

export const moreActions = (connector: string) => `More actions for ${connector}`
export const duplicate = 'Duplicate'
export const notDuplicated = (connector: string) => `${connector} was not duplicated`
/** @param connector the new one */
export const duplicated = (connector: string) => `${connector} is made`
export const duplicatedHint = 'It is paused: look through its settings and streams, then enable it.'

export const deletedTitle = 'This connector was deleted'
export const deletedHint = 'Its runs stay in the history; it syncs no more.'

export const overviewTab = 'Overview'
export const streamsTab = (count: number) => `Streams & mapping (${count})`
export const scheduleTab = 'Schedule'
export const historyTab = 'Job history'
export const settingsTab = 'Settings'

export const lastRuns = 'Last runs'
export const allRuns = 'All runs'
export const noRunsTitle = 'Not synced yet'
export const noRunsHint = (streams: number) =>
  `Click Sync Now to bring the records of ${streams === 1 ? 'its stream' : `its ${streams} streams`} to the destination.`

export const connection = 'Connection'
export const kind = 'Kind'
/** Values of settings that are on or off. */
export const yes = 'yes'
export const no = 'no'
export const credentials = 'Credentials'
export const credentialsStored = 'stored, sealed'
export const noCredentials = 'none'

export const scheduleAndLimits = 'Schedule and limits'
export const schedule = 'Schedule'
/** @param times such as "Every day at 02:00" */
export const scheduleIn = (times: string, timeZone: string) => `${times} (${timeZone})`
export const onDemand = 'on demand'
export const nextRun = 'Next run'
export const spread = 'Spread'
/** @param duration such as "2m 00s" */
export const spreadUpTo = (duration: string) => `up to ${duration} later`
export const overlap = 'When one still runs'
export const overlapNames: Record<OverlapPolicy, string> = { QUEUE: 'wait for its end', SKIP: 'skip' }
export const missedRuns = 'Missed while down'
export const missedRunNames: Record<MissedRunPolicy, string> = { SKIP: 'skip', RUN_ONCE: 'run once' }
export const connectTimeout = 'Connect timeout'
export const longestRun = 'Longest run'
export const noLimit = 'no limit'
export const attempts = 'Attempts'
export const memory = 'Memory'
export const mebibytes = (count: number) => `${formatCount(count)} MiB`

export const scheduledTimes = 'Scheduled times'
/** What became of a due time, where there is no run to show. */
export const slotOutcomes: Record<ScheduleSlotOutcome, string> = {
  RUN: 'its run is no longer kept',
  WAITING: 'waits for the active run',
  SKIPPED: 'skipped',
}
