'use client'
/** A chart of the ended runs with what it shows as a table: for whoever asks for it, and for those who listen always. */

import { ChartColumn, Table2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useState } from 'react'
import { runPath } from '@/features/job-runs/run-actions.ts'
import { StatusBadge } from '@/features/job-runs/StatusBadge.tsx'
import { statuses, statusLooks } from '@/features/job-runs/status.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/statistics.tsx'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Skeleton } from '@/ui/Skeleton.tsx'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'
import { useIdle } from '@/ui/use-idle.ts'
import { EndMark, endLooks, isMarked } from './EndMark.tsx'
import type { Point } from './points.ts'

const loading = () => <Skeleton className="h-44" />
const RunChart = dynamic(() => import('./RunChart.tsx').then((module) => module.RunChart), { ssr: false, loading })

type Props = {
  title: string
  points: readonly Point[]
  measure: 'records' | 'durationMs'
  /** On the axis, and in full. */
  short: (value: number) => string
  full: (value: number) => string
  /** In full where no heading says what is counted. */
  counted?: (value: number) => string
}

export const ChartCard = ({ title, points, measure, short, full, counted = full }: Props) => {
  const [asTable, setAsTable] = useState(false)
  const idle = useIdle()
  return (
    <Card
      title={title}
      aside={
        <Button variant="ghost" size="sm" icon={asTable ? ChartColumn : Table2} onClick={() => setAsTable(!asTable)}>
          {asTable ? t.showAsChart : t.showAsTable}
        </Button>
      }
    >
      {asTable ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
        <section tabIndex={0} aria-label={title} className="max-h-58 overflow-y-auto -outline-offset-2">
          <PointTable title={title} points={points} measure={measure} full={full} />
        </section>
      ) : (
        <div className="relative p-3">
          {idle ? <RunChart points={points} measure={measure} short={short} full={counted} /> : loading()}
          <Legend points={points} />
          <div className="sr-only">
            <PointTable title={title} points={points} measure={measure} full={full} hidden />
          </div>
        </div>
      )}
    </Card>
  )
}

type TableProps = Pick<Props, 'title' | 'points' | 'measure' | 'full'> & {
  /** From sight: what cannot be seen takes no focus. */
  hidden?: boolean
}

const PointTable = ({ title, points, measure, full, hidden = false }: TableProps) => (
  <Table label={title}>
    <thead>
      <tr>
        <Th>{t.runHeading}</Th>
        <Th>{common.status}</Th>
        <Th numeric>{measure === 'records' ? t.records : t.duration}</Th>
        <Th numeric>{t.endedHeading}</Th>
      </tr>
    </thead>
    <tbody>
      {points.toReversed().map((point) => {
        const value = point[measure]
        return (
          <Tr key={point.number} className="h-9!">
            <Td className="tabular">
              {hidden ? (
                `#${point.number}`
              ) : (
                <Link prefetch={false} href={runPath(point.number)} className="rounded-sm font-medium hover:underline">
                  #{point.number}
                </Link>
              )}
            </Td>
            <Td>{hidden ? statusLooks[point.status].label : <StatusBadge status={point.status} />}</Td>
            <Td numeric>{value === null ? common.none : full(value)}</Td>
            <Td numeric className="text-xs text-ink-faint">
              {hidden ? point.finishedAt : <RelativeTime at={point.finishedAt} />}
            </Td>
          </Tr>
        )
      })}
    </tbody>
  </Table>
)

/** Only of what is there. */
const Legend = ({ points }: { points: readonly Point[] }) => (
  <ul aria-hidden className="mt-1 flex flex-wrap justify-end gap-x-4 text-2xs text-ink-faint">
    {statuses
      .filter((status) => points.some((point) => point.status === status))
      .map((status) => (
        <li key={status} className="flex items-center gap-1.5">
          <svg width={10} height={10}>
            {isMarked(status) ? (
              <EndMark status={status} x={5} y={5} />
            ) : (
              <rect x={1.5} y={1.5} width={7} height={7} rx={1} className={endLooks[status]} />
            )}
          </svg>
          {statusLooks[status].label}
        </li>
      ))}
  </ul>
)
