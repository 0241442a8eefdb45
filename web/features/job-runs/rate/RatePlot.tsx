'use client'
/** The chart: an area of steps over the run's time, with the start of each attempt and the value under pointer or keyboard. */

import clsx from 'clsx'
import { type PointerEvent, useId, useState } from 'react'
import * as t from '@/texts/rate.tsx'
import { formatDuration, formatShort, formatTicking } from '@/ui/format.ts'
import { roundUp, timeTicks } from './axis.ts'
import { areaPath, linePath, type Scale, widthUnits } from './paths.ts'
import type { Stretch } from './rates.ts'
import type { RatedRun } from './use-rate-points.ts'

type Props = {
  run: Pick<RatedRun, 'finishedAt' | 'attempts'> & { startedAt: string }
  stretches: readonly Stretch[]
  now: number
  summary: { peak: number; average: number }
}

export const RatePlot = ({ run, stretches, now, summary }: Props) => {
  const from = Date.parse(run.startedAt)
  const end = run.finishedAt === null ? now : Date.parse(run.finishedAt)
  const to = Math.max(end, stretches.at(-1)?.to ?? end, from + 1)
  const scale: Scale = { from, to, top: roundUp(summary.peak) }
  const [chosen, setChosen] = useState<number | null>(null)
  const shown = chosen === null ? undefined : stretches[Math.min(chosen, stretches.length - 1)]
  return (
    <div className="grid h-full grid-cols-[3.25rem_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_1.5rem] px-4 pt-5 pb-1 text-2xs text-ink-faint tabular">
      <Rows top={scale.top} />
      <div className="relative border-b border-line-strong">
        <Area stretches={stretches} scale={scale} label={t.inWords(to - from, summary.average, summary.peak)} />
        <AttemptStarts attempts={run.attempts} scale={scale} />
        {shown && <Value stretch={shown} scale={scale} />}
        <Cursor stretches={stretches} scale={scale} chosen={chosen} onChoose={setChosen} />
      </div>
      <Times spanMs={to - from} />
    </div>
  )
}

const share = (at: number, { from, to }: Scale): number => Math.min(Math.max((at - from) / (to - from), 0), 1)
const percent = (value: number): string => `${(value * 100).toFixed(3)}%`

const Rows = ({ top }: { top: number }) => (
  <div aria-hidden className="relative">
    {[0, 0.5, 1].map((part) => (
      <span key={part} className="absolute right-2 translate-y-1/2 leading-none" style={{ bottom: percent(part) }}>
        {formatShort(top * part)}
      </span>
    ))}
  </div>
)

const Times = ({ spanMs }: { spanMs: number }) => (
  <div aria-hidden className="relative col-start-2">
    {timeTicks(spanMs).map((at, index) => (
      <span
        key={at}
        className={clsx('absolute top-1 whitespace-nowrap', index > 0 && '-translate-x-1/2', index % 2 === 1 && 'max-sm:hidden')}
        style={{ left: percent(at / spanMs) }}
      >
        {at % 1_000 === 0 ? formatTicking(at) : formatDuration(at)}
      </span>
    ))}
  </div>
)

/** Stretched to whatever room there is, which no script has to measure. */
const Area = ({ stretches, scale, label }: { stretches: readonly Stretch[]; scale: Scale; label: string }) => {
  const fill = useId()
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${widthUnits} 100`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full overflow-visible"
    >
      <defs>
        <linearGradient id={fill} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--running-vivid)" stopOpacity="0.32" />
          <stop offset="1" stopColor="var(--running-vivid)" stopOpacity="0.06" />
        </linearGradient>
      </defs>
      {[0, 50].map((y) => (
        <line key={y} x1="0" x2={widthUnits} y1={y} y2={y} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
      ))}
      <path d={areaPath(stretches, scale)} fill={`url(#${fill})`} />
      <path
        d={linePath(stretches, scale)}
        fill="none"
        stroke="var(--running-vivid)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}

const AttemptStarts = ({ attempts, scale }: { attempts: RatedRun['attempts']; scale: Scale }) =>
  attempts.slice(1).map(({ number, startedAt }) => (
    <div
      key={number}
      className="absolute inset-y-0 border-l border-dashed border-line-strong"
      style={{ left: percent(share(Date.parse(startedAt), scale)) }}
    >
      <span className="absolute -top-4 -translate-x-1/2 whitespace-nowrap">
        {t.attemptStart(number, (text) => (
          <span className={clsx(attempts.length > 4 ? 'sr-only' : 'max-sm:sr-only')}>{text}</span>
        ))}
      </span>
    </div>
  ))

const moment = ({ from, to }: Stretch, scale: Scale): string => formatDuration((from + to) / 2 - scale.from)

const Value = ({ stretch, scale }: { stretch: Stretch; scale: Scale }) => {
  const x = share((stretch.from + stretch.to) / 2, scale)
  return (
    <>
      <div aria-hidden className="absolute inset-y-0 w-px bg-ink-faint" style={{ left: percent(x) }} />
      <div
        aria-hidden
        className="absolute size-2 -translate-x-1/2 translate-y-1/2 rounded-full border-2 border-surface bg-running-vivid"
        style={{ left: percent(x), bottom: percent(Math.min(stretch.rowsPerSecond / scale.top, 1)) }}
      />
      <div
        data-testid="rate-value"
        className="pointer-events-none absolute top-0 z-10 rounded-md bg-primary px-2 py-1 text-xs whitespace-nowrap text-on-primary shadow-raised"
        style={x > 0.5 ? { right: `calc(${percent(1 - x)} + 0.5rem)` } : { left: `calc(${percent(x)} + 0.5rem)` }}
      >
        {t.valueAt(<span className="font-medium">{t.value(stretch.rowsPerSecond)}</span>, moment(stretch, scale))}
      </div>
    </>
  )
}

type CursorProps = { stretches: readonly Stretch[]; scale: Scale; chosen: number | null; onChoose: (index: number | null) => void }

/** Moves over the chart: by the pointer, and as any slider by the keys. */
const Cursor = ({ stretches, scale, chosen, onChoose }: CursorProps) => {
  const last = stretches.length - 1
  const at = Math.min(chosen ?? last, last)
  const stretch = stretches[at]
  const follow = (event: PointerEvent<HTMLInputElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const time = scale.from + ((event.clientX - left) / width) * (scale.to - scale.from)
    const found = stretches.findIndex(({ to }) => time <= to)
    onChoose(found === -1 ? last : found)
  }
  return (
    <input
      type="range"
      min={0}
      max={last}
      value={at}
      aria-label={t.cursor}
      aria-valuetext={stretch && t.cursorValue(stretch.rowsPerSecond, moment(stretch, scale), stretch.attempt)}
      className="absolute inset-0 size-full touch-pan-y appearance-none rounded-sm bg-transparent [&::-moz-range-thumb]:opacity-0 [&::-webkit-slider-thumb]:opacity-0"
      onChange={(event) => onChoose(event.target.valueAsNumber)}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={() => onChoose(null)}
      onMouseDown={(event) => event.preventDefault()}
      onFocus={() => onChoose(at)}
      onBlur={() => onChoose(null)}
    />
  )
}
