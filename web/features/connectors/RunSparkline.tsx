'use client'
/**
 * The last runs of a connector, drawn. One link serves all bars and leads to the run under the pointer: a thousand links
 * of a page of connectors would be a thousand stops of the Tab key, and the connector's page lists the same runs.
 */

import clsx from 'clsx'
import Link from 'next/link'
import { Fragment, type PointerEvent, useState } from 'react'
import { runPath } from '@/features/job-runs/run-actions.ts'
import { isActive, statuses, statusLooks } from '@/features/job-runs/status.ts'
import type { JobRunStatus } from '@/graphql/generated/graphql.ts'
import { useNow } from '@/ui/Clock.tsx'
import { formatDuration, formatRelative } from '@/ui/format.ts'
import { Tooltip } from '@/ui/Tooltip.tsx'
import {
  type Bar,
  type BarRun,
  badEndsOf,
  barsOf,
  baseline,
  chartHeight,
  chartWidth,
  durationOf,
  inWords,
  outlineOf,
  runAt,
} from './sparkline.ts'

const everyHour = 3_600_000

export const RunSparkline = ({ runs }: { runs: readonly BarRun[] }) => {
  // A bar grows while its run goes on.
  const now = useNow(runs.some(({ status }) => isActive(status)) ? 1_000 : everyHour)
  const [pointed, setPointed] = useState<number | undefined>()
  const [newest] = runs
  if (newest === undefined) return null
  const bars = barsOf(runs, now)
  const run = runs.find(({ number }) => number === pointed) ?? newest
  const point = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    setPointed(runAt(runs, (clientX - left) / width)?.number)
  }
  return (
    <>
      <span className="sr-only">{inWords(runs)}</span>
      <Tooltip content={<RunTip run={run} />} followsPointer>
        <Link
          aria-hidden
          tabIndex={-1}
          prefetch={false}
          href={runPath(run.number)}
          onPointerEnter={point}
          onPointerMove={point}
          onPointerLeave={() => setPointed(undefined)}
          className="relative z-10 block w-fit"
        >
          <svg width={chartWidth} height={chartHeight} viewBox={`0 0 ${chartWidth} ${chartHeight}`} className="block">
            <line x1={0} x2={chartWidth} y1={baseline + 0.5} y2={baseline + 0.5} className="stroke-line" />
            <g className={clsx('transition-opacity', pointed !== undefined && 'opacity-45')}>
              <Bars bars={bars} />
            </g>
            {pointed !== undefined && <Bars bars={bars.filter((bar) => bar.run.number === pointed)} />}
          </svg>
        </Link>
      </Tooltip>
    </>
  )
}

const looks: Record<JobRunStatus, string> = {
  PENDING: 'fill-pending-tint stroke-pending-vivid animate-pulse-dot',
  RUNNING: 'fill-running-tint stroke-running-vivid animate-pulse-dot',
  COMPLETED: 'fill-completed-vivid stroke-completed-vivid',
  FAILED: 'fill-failed-vivid stroke-failed-vivid',
  ERROR: 'fill-error-vivid stroke-error-vivid',
  CANCELLED: 'fill-surface stroke-cancelled-vivid',
}

/** A path for all of one status: a page of connectors has a thousand bars. */
const Bars = ({ bars }: { bars: readonly Bar[] }) =>
  statuses.map((status) => {
    const own = bars.filter(({ run }) => run.status === status)
    return (
      own.length > 0 && (
        <Fragment key={status}>
          <path d={outlineOf(own)} className={looks[status]} />
          {(status === 'FAILED' || status === 'ERROR') && <path d={badEndsOf(own, status)} className={endLooks[status]} />}
        </Fragment>
      )
    )
  })

/** Beneath the bar, in a form of its own: red and green look alike to some. */
const endLooks = { FAILED: 'fill-none stroke-failed stroke-[1.25]', ERROR: 'fill-error' }

/** Drawn only under a pointer, hence in the browser. */
const RunTip = ({ run }: { run: BarRun }) => {
  const now = useNow()
  const duration = durationOf(run, now)
  return (
    <span className="block tabular">
      #{run.number} · {statusLooks[run.status].label}
      {duration !== null && <> · {formatDuration(duration)}</>}
      {run.finishedAt && <span className="block">{formatRelative(Date.parse(run.finishedAt), now)}</span>}
    </span>
  )
}
