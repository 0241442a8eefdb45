/** A schedule while it is edited. */

import type { MissedRunPolicy, OverlapPolicy, ScheduleInput } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/schedule-draft.ts'

export type ScheduleDraft = {
  /** Else it runs on demand only; what was entered stays in the form. */
  on: boolean
  cron: string
  timeZone: string
  missedRuns: MissedRunPolicy
  overlap: OverlapPolicy
  /** As it was entered; empty: 0. */
  jitterSeconds: string
}

type Stored = { cron: string; timeZone: string; missedRuns: MissedRunPolicy; overlap: OverlapPolicy; jitterSeconds: number }

const nightly = { on: false, cron: '0 2 * * *', timeZone: 'UTC', missedRuns: 'RUN_ONCE', overlap: 'SKIP', jitterSeconds: '' } as const

export const draftOfSchedule = (stored: Stored | null): ScheduleDraft => {
  if (stored === null) return nightly
  const { cron, timeZone, missedRuns, overlap, jitterSeconds } = stored
  return { on: true, cron, timeZone, missedRuns, overlap, jitterSeconds: jitterSeconds === 0 ? '' : String(jitterSeconds) }
}

/** null: none. */
export const scheduleInput = ({ on, jitterSeconds, ...rest }: ScheduleDraft): ScheduleInput | null =>
  on ? { ...rest, jitterSeconds: Number(jitterSeconds) } : null

/** What the API would not take for a number at all, by its field. */
export const scheduleProblems = ({ on, jitterSeconds }: ScheduleDraft): Record<string, string> =>
  on && !/^\d*$/.test(jitterSeconds) ? { jitterSeconds: t.noWholeSeconds } : {}
