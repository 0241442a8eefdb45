'use client'
/** The run's instruments: records, rate, bytes, time, and how far it is. */

import type { ReactNode } from 'react'
import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import { countMeanings, figureMeanings } from '@/texts/glossary.ts'
import * as t from '@/texts/run.tsx'
import { Duration } from '@/ui/Duration.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { formatBytes, formatCount, formatTicking } from '@/ui/format.ts'
import { Progress } from '@/ui/Progress.tsx'
import { etaOf } from './eta.ts'
import { isActive } from './status.ts'

type FigureProps = { label: string; meaning: string; value: ReactNode; note?: ReactNode; testId?: string }

const Figure = ({ label, meaning, value, note, testId }: FigureProps) => (
  <div className="min-w-0 bg-surface px-4 py-3 max-xl:last:col-span-2">
    <dt className="text-xs text-ink-faint">
      <Explained meaning={meaning}>{label}</Explained>
    </dt>
    <dd className="mt-1">
      <span data-testid={testId} className="block truncate text-xl font-semibold tracking-tight tabular">
        {value}
      </span>
      <span className="block min-h-4.5 truncate text-xs text-ink-faint tabular">{note}</span>
    </dd>
  </div>
)

const averageRate = ({ startedAt, finishedAt, counts }: RunDetailFragment): number | null => {
  if (startedAt === null || finishedAt === null) return null
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000
  return seconds > 0 && counts.read > 0 ? counts.read / seconds : null
}

const progressNote = ({ read, expected }: RunDetailFragment['counts']): string | null => {
  if (expected === null) return null
  const percent = expected > 0 ? Math.min(Math.floor((read / expected) * 100), 100) : 100
  return t.progress(percent, expected)
}

/** Why there is no time left to tell. */
const timeNote = ({ status, steps, counts: { read, expected } }: RunDetailFragment): string | null => {
  if (status === 'PENDING') return null
  if (expected === null) return t.sizeUnknown
  if (read < expected || read === 0) return null
  const reading = steps.some((step) => step.kind === 'EXTRACT' && step.status !== 'COMPLETED' && step.status !== 'SKIPPED')
  return reading ? t.moreThanExpected : t.allRead
}

const rejectedNote = ({ read, rejected }: RunDetailFragment['counts']): string | null => {
  if (rejected > 0) return t.someRejected
  return read > 0 ? t.noneRejected : null
}

export const RunFigures = ({ run }: { run: RunDetailFragment }) => {
  const { counts, status } = run
  const running = status === 'RUNNING'
  const eta = running ? etaOf(counts, run.rowsPerSecond) : null
  const rate = running ? run.rowsPerSecond : averageRate(run)
  return (
    <section aria-label={t.figures} className="relative mb-4 overflow-hidden rounded-lg border shadow-card">
      <dl className="grid grid-cols-2 gap-px bg-line sm:grid-cols-3 xl:grid-cols-5">
        {status === 'COMPLETED' ? (
          <Figure
            label={t.recordsIngested}
            meaning={countMeanings.ingested}
            value={formatCount(counts.ingested)}
            note={t.ofRead(counts.read)}
            testId="records"
          />
        ) : (
          <Figure
            label={t.recordsRead}
            meaning={countMeanings.read}
            value={formatCount(counts.read)}
            note={progressNote(counts)}
            testId="records"
          />
        )}
        <Figure
          label={isActive(status) ? t.rate : t.averageRate}
          meaning={figureMeanings.rate}
          value={rate === null ? common.none : formatCount(rate)}
          note={rate === null ? null : t.rowsPerSecond}
        />
        <Figure
          label={t.dataRead}
          meaning={figureMeanings.bytes}
          value={formatBytes(counts.bytes)}
          note={counts.read > 0 ? t.bytesPerRow(counts.bytes / counts.read) : null}
        />
        <Figure
          label={t.duration}
          meaning={`${figureMeanings.duration} ${figureMeanings.attempt}`}
          value={<Duration startedAt={run.startedAt} finishedAt={run.finishedAt} />}
          note={t.attemptOf(run.attempt, run.maxAttempts)}
        />
        {isActive(status) ? (
          <Figure
            label={t.timeLeft}
            meaning={figureMeanings.timeLeft}
            value={eta ? formatTicking(eta.remainingMs) : common.none}
            note={eta?.basis ?? timeNote(run)}
          />
        ) : (
          <Figure label={t.rejected} meaning={countMeanings.rejected} value={formatCount(counts.rejected)} note={rejectedNote(counts)} />
        )}
      </dl>
      {running && counts.expected !== null && (
        // Over the figures and not below them: what follows stays where it is when the run ends.
        <div className="absolute inset-x-0 bottom-0 bg-surface">
          <Progress label={t.recordsRead} value={counts.read} max={counts.expected} className="h-1 rounded-none!" />
        </div>
      )}
    </section>
  )
}
