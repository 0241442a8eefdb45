/** How fast a run's rows came, as points of a chart. */

import type { RateSeries } from '@aiia/core/job-run/rate-series'
import { builder } from './builder.ts'

export const RatePoint = builder.objectRef<{ at: Date; read: number }>('RatePoint').implement({
  description:
    'How many rows a run had read at a moment. The rate between two points is the difference of their rows over that of their times.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    read: t.expose('read', { type: 'Long', description: 'Rows that the attempt of that moment had taken from the source.' }),
  }),
})

/** @param series undefined: none was kept */
export const ratePoints = (startedAt: Date | null, series: RateSeries | undefined): (typeof RatePoint.$inferType)[] =>
  startedAt === null || series === undefined
    ? []
    : series.elapsedMs.map((elapsedMs, index) => ({ at: new Date(startedAt.getTime() + elapsedMs), read: series.read[index] ?? 0 }))
