'use client'
/**
 * The last runs of a connector, drawn. One link serves all bars and leads to the run under the pointer: a thousand links
 * of a page of connectors would be a thousand stops of the Tab key, and the connector's page lists the same runs.
 */

import clsx from 'clsx'
import Link from 'next/link'
import { type PointerEvent, useState } from 'react'
import { runPath } from '@/features/job-runs/run-actions.ts'
import { isActive, statusLooks } from '@/features/job-runs/status.ts'
import type { JobRunStatus, RunBarFragment } from '@/graphql/generated/graphql.ts'
import { useNow } from '@/ui/Clock.tsx'
import { formatDuration, formatRelative } from '@/ui/format.ts'
import { Tooltip } from '@/ui/Tooltip.tsx'
import { type Bar, barsOf, barWidth, baseline, chartHeight, chartWidth, durationOf, inWords, runAt } from './sparkline.ts'

const everyHour = 3_600_000

export const RunSparkline = ({ runs }: { runs: readonly RunBarFragment[] }) => {
  // A bar grows while its run goes on.
  const now = useNow(runs.some(({ status }) => isActive(status)) ? 1_000 : everyHour)
  const [pointed, setPointed] = useState<number | undefined>()
  const [newest] = runs
  if (newest === undefined) return null
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
            {barsOf(runs, now).map((bar) => (
              <RunBar key={bar.run.id} bar={bar} faded={pointed !== undefined && bar.run.number !== pointed} />
            ))}
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

const RunBar = ({ bar: { run, x, height }, faded }: { bar: Bar; faded: boolean }) => (
  <g transform={`translate(${x} 0)`} className={clsx('transition-opacity', faded && 'opacity-45')}>
    <rect x={0.5} y={baseline - height + 0.5} width={barWidth - 1} height={height - 1} rx={0.5} className={looks[run.status]} />
    <BadEnd status={run.status} />
  </g>
)

/** Beneath the bar, in a form of its own: red and green look alike to some. */
const BadEnd = ({ status }: { status: JobRunStatus }) => {
  if (status === 'FAILED') return <path d="M0 24.5l4 4m0-4l-4 4" strokeWidth={1.25} className="fill-none stroke-failed" />
  return status === 'ERROR' ? <path d="M2 24l2.25 2.5L2 29l-2.25-2.5z" className="fill-error" /> : null
}

/** Drawn only under a pointer, hence in the browser. */
const RunTip = ({ run }: { run: RunBarFragment }) => {
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
