'use client'
/** Records and duration of the runs of the last days, failures marked. */

import { ChartColumn } from 'lucide-react'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { formatCount, formatDuration } from '@/ui/format.ts'
import { ChartCard } from './ChartCard.tsx'
import { extent, type Statistics } from './points.ts'

const compact = new Intl.NumberFormat('en-US', { notation: 'compact' })
const shortCount = (value: number) => compact.format(value)

export const Trends = ({ statistics }: { statistics: Statistics }) => {
  const { points } = statistics
  if (points.length === 0) {
    return (
      <Card title="Records and duration">
        <EmptyState icon={ChartColumn} title="No run ended in the last 30 days" compact>
          Each run that ends becomes a bar here: how many records it brought, and how long it took.
        </EmptyState>
      </Card>
    )
  }
  return (
    <section aria-label="Runs over time">
      <div className="grid gap-4 2xl:grid-cols-2">
        <ChartCard title="Records" points={points} measure="records" short={shortCount} full={formatCount} unit="records" />
        <ChartCard title="Duration" points={points} measure="durationMs" short={formatDuration} full={formatDuration} />
      </div>
      <p className="mt-1.5 text-right text-xs text-ink-faint">
        {extent(statistics, formatCount)}
        {points.length === 1 && '; a trend shows from the second on'}
      </p>
    </section>
  )
}
