'use client'
/**
 * One measure of the ended runs, a bar each. Loaded when it is shown, since the charting library is larger than the rest of
 * the page. Hidden from those who listen: they have the table.
 */

import { useRouter } from 'next/navigation'
import { Bar, BarChart, type BarShapeProps, CartesianGrid, Tooltip, type TooltipContentProps, XAxis, YAxis } from 'recharts'
import { runPath } from '@/features/job-runs/run-actions.ts'
import { statusLooks } from '@/features/job-runs/status.ts'
import * as t from '@/texts/statistics-chart.ts'
import { formatUtc } from '@/ui/format.ts'
import { EndMark, endLooks } from './EndMark.tsx'
import { axisLabels, type Point } from './points.ts'

type Props = {
  points: readonly Point[]
  measure: 'records' | 'durationMs'
  /** On the axis, and in full with what is counted. */
  short: (value: number) => string
  full: (value: number) => string
}

const tick = { fill: 'var(--ink-faint)', fontSize: 11 }

export const RunChart = ({ points, measure, short, full }: Props) => {
  const router = useRouter()
  return (
    <div aria-hidden className="h-44 text-xs [&_.recharts-bar-rectangle]:cursor-pointer">
      <BarChart
        responsive
        accessibilityLayer={false}
        data={[...points]}
        margin={{ top: 12, right: 8, bottom: 0, left: 0 }}
        barCategoryGap="15%"
        style={{ width: '100%', height: '100%' }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="number"
          tickFormatter={axisLabels(points)}
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: 'var(--line-strong)' }}
          minTickGap={32}
        />
        <YAxis tickFormatter={short} tick={tick} tickLine={false} axisLine={false} width={56} tickCount={4} />
        <Tooltip
          content={<Tip measure={measure} full={full} />}
          cursor={{ fill: 'var(--hover)', stroke: 'none' }}
          isAnimationActive={false}
        />
        <Bar
          dataKey={measure}
          shape={EndedRun}
          minPointSize={2}
          maxBarSize={28}
          isAnimationActive={false}
          onClick={({ payload }) => router.push(runPath((payload as Point).number))}
        />
      </BarChart>
    </div>
  )
}

/** The form tells how it ended as well as the colour does. */
const EndedRun = ({ x, y, width, height, payload }: BarShapeProps) => {
  const { status } = payload as Point
  return (
    <g>
      <rect x={x} y={y} width={Math.max(width, 1)} height={Math.max(height, 0)} rx={1} className={endLooks[status]} />
      <EndMark status={status} x={x + width / 2} y={y - 6} />
    </g>
  )
}

/** The chart adds the `payload` of the bar that is pointed at. */
const Tip = ({ payload, measure, full }: Partial<Pick<TooltipContentProps, 'payload'>> & Pick<Props, 'measure' | 'full'>) => {
  const point: Point | undefined = payload?.[0]?.payload
  if (point === undefined) return null
  const value = point[measure]
  return (
    <div className="rounded-md bg-primary px-2 py-1 text-xs text-on-primary shadow-raised tabular">
      <p>
        #{point.number} · {statusLooks[point.status].label}
      </p>
      <p className="font-medium">{value === null ? t.neverStarted : full(value)}</p>
      <p>{formatUtc(Date.parse(point.finishedAt))}</p>
    </div>
  )
}
