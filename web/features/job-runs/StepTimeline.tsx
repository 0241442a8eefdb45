'use client'
/** The steps of a run on its time axis, stream by stream. */

import clsx from 'clsx'
import { Ban, CircleCheck, CircleDashed, CircleX, LoaderCircle, type LucideIcon, SkipForward } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { StepMeanings } from '@/features/help/Meanings.tsx'
import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/run.tsx'
import { Card } from '@/ui/Card.tsx'
import { useNow } from '@/ui/Clock.tsx'
import { Duration } from '@/ui/Duration.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { isActive } from './status.ts'
import { axisOf, groupSteps, placeOnAxis, type Span, type Step, stepNames } from './steps.ts'

const looks: Record<string, { word: string; icon: LucideIcon; iconClass: string; barClass: string }> = {
  PENDING: { word: t.stepStatusNames.PENDING, icon: CircleDashed, iconClass: 'text-ink-faint', barClass: 'bg-line-strong' },
  RUNNING: {
    word: t.stepStatusNames.RUNNING,
    icon: LoaderCircle,
    iconClass: 'animate-spin-slow text-running-vivid',
    barClass: 'bg-running-vivid',
  },
  COMPLETED: { word: t.stepStatusNames.COMPLETED, icon: CircleCheck, iconClass: 'text-completed-vivid', barClass: 'bg-completed-vivid' },
  FAILED: { word: t.stepStatusNames.FAILED, icon: CircleX, iconClass: 'text-failed-vivid', barClass: 'bg-failed-vivid' },
  CANCELLED: { word: t.stepStatusNames.CANCELLED, icon: Ban, iconClass: 'text-ink-faint', barClass: 'bg-cancelled-vivid' },
  SKIPPED: { word: t.stepStatusNames.SKIPPED, icon: SkipForward, iconClass: 'text-ink-faint', barClass: 'bg-line-strong' },
}
const waiting = looks['PENDING'] as (typeof looks)[string]

const Bar = ({ span, className }: { span: Span | null; className: string }) => (
  <div aria-hidden className="relative h-1.5 rounded-full bg-hover">
    {span && (
      <div
        className={clsx('absolute inset-y-0 min-w-1 rounded-full', className)}
        style={{ left: `min(${(span.from * 100).toFixed(2)}%, calc(100% - 4px))`, right: `${((1 - span.to) * 100).toFixed(2)}%` }}
      />
    )}
  </div>
)

const StepLine = ({ step, axis }: { step: Step; axis: Span }) => {
  const { word, icon: Icon, iconClass, barClass } = looks[step.status] ?? waiting
  return (
    <li className="grid grid-cols-[7rem_1fr_4.5rem] items-center gap-x-3 px-4 py-1 sm:grid-cols-[7rem_minmax(5rem,1fr)_minmax(0,14rem)_4.5rem] 2xl:grid-cols-[7rem_minmax(5rem,1fr)_minmax(0,22rem)_4.5rem]">
      <span className="flex items-center gap-2 text-sm">
        <Icon aria-hidden className={clsx('size-3.5 shrink-0', iconClass)} />
        {stepNames[step.kind] ?? step.kind}
        <span className="sr-only">{word}</span>
      </span>
      <Bar span={placeOnAxis(step, axis)} className={barClass} />
      <span className="hidden text-xs text-ink-faint tabular sm:block">{step.detail ?? (step.read > 0 ? t.stepRows(step.read) : '')}</span>
      <Duration startedAt={step.startedAt} finishedAt={step.finishedAt} className="text-right text-xs text-ink-soft tabular" />
    </li>
  )
}

export const StepTimeline = ({ run, className }: { run: RunDetailFragment; className?: string }) => {
  const now = useNow()
  const axis = axisOf(run, now)
  const groups = groupSteps(run.steps)
  const list = useRef<HTMLOListElement>(null)
  const current = run.steps.find(({ status, stream }) => status === 'RUNNING' && stream !== null)?.stream
  // Of many streams the one at work is the one to watch.
  useEffect(() => {
    const group = list.current?.querySelector<HTMLElement>('[data-at-work]')
    if (current !== undefined && group) list.current?.scrollTo({ top: group.offsetTop })
  }, [current])
  // Beside others it is as high as they are, and scrolls within.
  return (
    <Card
      title={<Explained meaning={<StepMeanings />}>{t.steps}</Explained>}
      className={clsx('xl:flex xl:min-h-80 xl:flex-col', className)}
    >
      {groups.length === 0 ? (
        <p className="px-4 py-6 text-sm text-ink-faint">{isActive(run.status) ? t.stepsToCome : t.noSteps}</p>
      ) : (
        <ol
          ref={list}
          aria-label={t.steps}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
          tabIndex={0}
          className="relative max-h-88 overflow-y-auto py-2 -outline-offset-2 motion-safe:scroll-smooth xl:max-h-none xl:grow xl:basis-0"
        >
          {groups.map(({ stream, steps }) => (
            <li key={stream ?? 'run'} data-at-work={(stream !== null && stream === current) || undefined}>
              {stream !== null && <h3 className="truncate px-4 pt-2.5 pb-1 font-mono text-xs font-medium text-ink-soft">{stream}</h3>}
              <ol>
                {steps.map((step) => (
                  <StepLine key={step.kind} step={step} axis={axis} />
                ))}
              </ol>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
