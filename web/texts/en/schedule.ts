/** The form of a schedule: in the wizard for a new connector and among a connector's settings. */

import type { Every } from '@/features/connectors/schedule/rhythm.ts'
import type { MissedRunPolicy, OverlapPolicy } from '@/graphql/generated/graphql.ts'

export const runByItself = 'Run by itself, on a schedule'
export const onDemandHint = 'It runs when somebody asks for it: by Sync Now, the API or the command line.'

/** Begins the sentence that a schedule is: Runs – every day – at – 02:00. */
export const runs = 'Runs'
export const rhythmNames: Record<Every, string> = {
  MINUTES: 'Every few minutes',
  HOURS: 'Every few hours',
  DAY: 'Every day',
  WEEKDAYS: 'On weekdays',
  WEEK: 'Every week',
  MONTH: 'Every month',
}
/** Instead of a rhythm, where only CRON can say it. */
export const byCronText = 'By its CRON text'
/** Every – 15 minutes; every – hour. */
export const every = 'Every'
export const minutes = (count: number) => (count === 1 ? 'minute' : `${count} minutes`)
export const hours = (count: number) => (count === 1 ? 'hour' : `${count} hours`)
/** Of the hour. */
export const minute = 'Minute'
export const dayOfWeek = 'Day'
export const dayOfMonth = 'Day'
/** A time of the day. */
export const at = 'At'

export const cronText = 'CRON text'
export const cronHint = 'Minute, hour, day of the month, month, day of the week.'
/** @param schedule in words, as "Every day at 02:00" */
export const cronMeans = (schedule: string) => `${schedule}.`
export const timeZone = 'Time zone'
export const timeZoneHint = 'By whose clock the hours are meant.'

export const overlap = 'When a run is still active'
export const overlapHint = 'At a due time.'
export const overlapNames: Record<OverlapPolicy, string> = { SKIP: 'Skip this time', QUEUE: 'Wait for its end' }
export const missedRuns = 'Times that were missed'
export const missedRunsHint = 'While the platform was down.'
export const missedRunsNames: Record<MissedRunPolicy, string> = { RUN_ONCE: 'Run once for all of them', SKIP: 'Skip them' }
/** In seconds. */
export const jitter = 'Spread, s'
export const jitterHint =
  'Fires up to so much later, always the same for this connector: many that are due at once do not all start at once.'

export const nextRuns = 'Next runs'
/** Whose names of days and months the dates of the next runs have, and in which order. */
export const dateLocale = 'en-GB'
