'use client'
/** Records and duration of the runs of the last days, failures marked. */

import { ChartColumn } from 'lucide-react'
import { locale } from '@/texts/format.ts'
import * as t from '@/texts/statistics.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { formatCount, formatDuration } from '@/ui/format.ts'
import { ChartCard } from './ChartCard.tsx'
import { extent, type Statistics } from './points.ts'

const compact = new Intl.NumberFormat(locale, { notation: 'compact' })
const shortCount = (value: number) => compact.format(value)

export const Trends = ({ statistics }: { statistics: Statistics }) => {
  const { points } = statistics
  if (points.length === 0) {
    return (
      <Card title={t.emptyCard}>
        <EmptyState icon={ChartColumn} title={t.emptyTitle} compact>
          {t.emptyHint}
        </EmptyState>
      </Card>
    )
  }
  return (
    <section aria-label={t.trends}>
      <div className="grid gap-4 2xl:grid-cols-2">
        <ChartCard title={t.records} points={points} measure="records" short={shortCount} full={formatCount} counted={t.recordsOfRun} />
        <ChartCard title={t.duration} points={points} measure="durationMs" short={formatDuration} full={formatDuration} />
      </div>
      <p className="mt-1.5 text-right text-xs text-ink-faint">
        {points.length === 1 ? t.noTrendYet(extent(statistics)) : extent(statistics)}
      </p>
    </section>
  )
}
