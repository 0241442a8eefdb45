/** What every connector is given beside its kind's own settings: name, limits, retention, schedule. */

import { cronProblem } from '@aiia/core/schedule/cron'
import { defaultLimits } from '@aiia/core/sync/configuration'
import { z } from 'zod'
import { range } from './ranges.ts'

export const nameSchema = z.string().trim().min(1, 'A name has at least one character.').max(100, 'A name has at most 100 characters.')

const week = 7 * 24 * 60 * 60

/** What is omitted keeps its default at creation and its value at an update; null lifts the limit where there need be none. */
export const limitsSchema = z.object({
  connectTimeoutSeconds: range(1, 300, 'seconds').nullish(),
  maxDurationSeconds: range(1, week, 'seconds').nullish(),
  maxAttempts: range(1, 10, 'attempts').nullish(),
  memoryMb: range(64, 4096, 'MiB').nullish(),
})

/** What is omitted is the platform's at creation and keeps its value at an update; null is the platform's. */
export const retentionSchema = z.object({
  runs: range(1, 1_000_000, 'runs').nullish(),
  runsDays: range(1, 36_500, 'days').nullish(),
  logsDays: range(1, 36_500, 'days').nullish(),
  rejectedRowsDays: range(1, 36_500, 'days').nullish(),
})

export const connectTimeoutSchema = limitsSchema.shape.connectTimeoutSeconds.transform(
  (seconds) => seconds ?? defaultLimits.connectTimeoutSeconds,
)

export const scheduleSchema = z
  .object({
    cron: z.string().trim(),
    timeZone: z
      .string()
      .nullish()
      .transform((zone) => zone ?? 'UTC'),
    missedRuns: z
      .enum(['RUN_ONCE', 'SKIP'])
      .nullish()
      .transform((policy) => policy ?? 'RUN_ONCE'),
    overlap: z
      .enum(['SKIP', 'QUEUE'])
      .nullish()
      .transform((policy) => policy ?? 'SKIP'),
    jitterSeconds: range(0, 3_600, 'seconds')
      .nullish()
      .transform((seconds) => seconds ?? 0),
  })
  .superRefine(({ cron, timeZone }, context) => {
    const message = cronProblem(cron, timeZone)
    // The message names the part itself; a wrong zone is told apart so that the form marks the right field.
    if (message !== null) context.addIssue({ code: 'custom', path: [message.includes('time zone') ? 'timeZone' : 'cron'], message })
  })

export type ScheduleInput = z.output<typeof scheduleSchema>
