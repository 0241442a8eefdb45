/** How a line's time is shown: as printed (UTC), on the reader's clock, or since the run's start. */

import { formatLocal } from '@/ui/format.ts'

export const timeModes = ['utc', 'local', 'elapsed'] as const
export type TimeMode = (typeof timeModes)[number]

export const logTime = (at: string, mode: TimeMode, startedAt: string | null): string => {
  const moment = Date.parse(at)
  if (mode === 'local') return formatLocal(moment)
  if (mode === 'utc' || startedAt === null) return new Date(moment).toISOString().slice(0, 19).replace('T', ' ')
  const ms = moment - Date.parse(startedAt)
  return `${ms < 0 ? '-' : '+'}${(Math.abs(ms) / 1000).toFixed(3)}s`
}
