/** Whether a connector's data is as new as its schedule promises. */

import { CalendarOff, CircleCheck, CircleDashed, Hand, type LucideIcon, TriangleAlert } from 'lucide-react'
import * as t from '@/texts/statistics.tsx'
import type { Tone } from '@/ui/Badge.tsx'

export type Freshness = 'ON_TIME' | 'LATE' | 'NEVER' | 'PAUSED' | 'ON_DEMAND'

type Promised = { enabled: boolean; schedule: object | null }
type Kept = { lastGoodAt: string | null; lateSince: string | null }

/** What no schedule promises cannot be late. */
export const freshnessOf = ({ enabled, schedule }: Promised, { lastGoodAt, lateSince }: Kept): Freshness => {
  if (lastGoodAt === null) return 'NEVER'
  if (schedule === null) return 'ON_DEMAND'
  if (!enabled) return 'PAUSED'
  return lateSince === null ? 'ON_TIME' : 'LATE'
}

export const freshnessLooks: Record<Freshness, { label: string; icon: LucideIcon; tone: Tone }> = {
  ON_TIME: { label: t.freshnessNames.ON_TIME, icon: CircleCheck, tone: 'completed' },
  LATE: { label: t.freshnessNames.LATE, icon: TriangleAlert, tone: 'failed' },
  NEVER: { label: t.freshnessNames.NEVER, icon: CircleDashed, tone: 'neutral' },
  PAUSED: { label: t.freshnessNames.PAUSED, icon: CalendarOff, tone: 'neutral' },
  ON_DEMAND: { label: t.freshnessNames.ON_DEMAND, icon: Hand, tone: 'neutral' },
}
