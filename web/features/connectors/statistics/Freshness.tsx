'use client'
/** Whether the connector's data can be relied on: how old the good data is, what comes next, how often it goes well. */

import type { ReactNode } from 'react'
import * as common from '@/texts/common.ts'
import { freshnessMeanings, listMeanings } from '@/texts/glossary.ts'
import * as t from '@/texts/statistics.tsx'
import { Badge } from '@/ui/Badge.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { formatDuration } from '@/ui/format.ts'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import type { Connector } from '../detail/ConnectorPage.tsx'
import { scheduleInWords } from '../schedule/schedule-words.ts'
import { freshnessLooks, freshnessOf } from './freshness.ts'
import { inPercent, type Statistics, typicalDuration } from './points.ts'

type FigureProps = { label: string; meaning: string; value: ReactNode; note: ReactNode }

const Figure = ({ label, meaning, value, note }: FigureProps) => (
  <div className="min-w-0 bg-surface px-4 py-3">
    <dt className="text-xs text-ink-faint">
      <Explained meaning={meaning}>{label}</Explained>
    </dt>
    <dd className="mt-1">
      <span className="block truncate text-xl font-semibold tracking-tight tabular">{value}</span>
      <span className="mt-0.5 flex min-h-5.5 items-center gap-2 truncate text-xs text-ink-faint tabular">{note}</span>
    </dd>
  </div>
)

type Props = { connector: Connector; statistics: Statistics }

const LastGood = ({ connector, statistics }: Props) => {
  const freshness = freshnessOf(connector, statistics)
  const { label, icon, tone } = freshnessLooks[freshness]
  return (
    <Figure
      label={t.lastGood}
      meaning={`${freshnessMeanings.lastGood} ${freshnessMeanings.state}`}
      value={statistics.lastGoodAt ? <RelativeTime at={statistics.lastGoodAt} /> : t.never}
      note={
        <>
          <Badge tone={tone} icon={icon}>
            {label}
          </Badge>
          {freshness === 'LATE' && statistics.lateSince && (
            <span className="truncate">{t.due(<RelativeTime at={statistics.lateSince} />)}</span>
          )}
        </>
      }
    />
  )
}

const NextRun = ({ connector: { schedule, enabled } }: Props) => {
  const next = enabled ? schedule?.nextRuns[0] : undefined
  return (
    <Figure
      label={t.nextRun}
      meaning={listMeanings.schedule}
      value={next ? <RelativeTime at={next} /> : schedule ? t.paused : t.onDemand}
      note={<span className="truncate">{schedule ? scheduleInWords(schedule.cron) : t.noSchedule}</span>}
    />
  )
}

export const Freshness = (props: Props) => {
  const { successRate, completed, failed, points } = props.statistics
  const typical = typicalDuration(points)
  return (
    <section aria-label={t.freshness} className="overflow-hidden rounded-lg border shadow-card">
      <dl className="grid grid-cols-1 gap-px bg-line sm:grid-cols-2 xl:grid-cols-4">
        <LastGood {...props} />
        <NextRun {...props} />
        <Figure
          label={t.successRate}
          meaning={freshnessMeanings.successRate}
          value={successRate === null ? common.none : inPercent(successRate)}
          note={successRate === null ? t.noEndedRun : t.completedOf(completed, completed + failed)}
        />
        <Figure
          label={t.typicalDuration}
          meaning={freshnessMeanings.typical}
          value={typical === null ? common.none : formatDuration(typical)}
          note={typical === null ? null : t.typicalHint}
        />
      </dl>
    </section>
  )
}
