'use client'
/** The run's instruments: records, rate, bytes, time, and how far it is. */

import type { ReactNode } from 'react'
import { countMeanings, figureMeanings } from '@/features/help/glossary.ts'
import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
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
  return `${percent}% of ${formatCount(expected)}`
}

/** Why there is no time left to tell. */
const timeNote = ({ status, steps, counts: { read, expected } }: RunDetailFragment): string | null => {
  if (status === 'PENDING') return null
  if (expected === null) return 'the source does not say how much there is'
  if (read < expected || read === 0) return null
  const reading = steps.some((step) => step.kind === 'EXTRACT' && step.status !== 'COMPLETED' && step.status !== 'SKIPPED')
  return reading ? 'more than the source expected' : 'all is read: matching and committing'
}

const rejectedNote = ({ read, rejected }: RunDetailFragment['counts']): string | null => {
  if (rejected > 0) return 'rows failed validation'
  return read > 0 ? 'every row passed validation' : null
}

export const RunFigures = ({ run }: { run: RunDetailFragment }) => {
  const { counts, status } = run
  const running = status === 'RUNNING'
  const eta = running ? etaOf(counts, run.rowsPerSecond, formatCount) : null
  const rate = running ? run.rowsPerSecond : averageRate(run)
  return (
    <section aria-label="Figures" className="relative mb-4 overflow-hidden rounded-lg border shadow-card">
      <dl className="grid grid-cols-2 gap-px bg-line sm:grid-cols-3 xl:grid-cols-5">
        {status === 'COMPLETED' ? (
          <Figure
            label="Records ingested"
            meaning={countMeanings.ingested}
            value={formatCount(counts.ingested)}
            note={`${formatCount(counts.read)} read`}
            testId="records"
          />
        ) : (
          <Figure
            label="Records read"
            meaning={countMeanings.read}
            value={formatCount(counts.read)}
            note={progressNote(counts)}
            testId="records"
          />
        )}
        <Figure
          label={isActive(status) ? 'Rate' : 'Average rate'}
          meaning={figureMeanings.rate}
          value={rate === null ? '–' : formatCount(rate)}
          note={rate === null ? null : 'rows per second'}
        />
        <Figure
          label="Data read"
          meaning={figureMeanings.bytes}
          value={formatBytes(counts.bytes)}
          note={counts.read > 0 ? `${formatCount(counts.bytes / counts.read)} B per row` : null}
        />
        <Figure
          label="Duration"
          meaning={`${figureMeanings.duration} ${figureMeanings.attempt}`}
          value={<Duration startedAt={run.startedAt} finishedAt={run.finishedAt} />}
          note={`attempt ${run.attempt} of ${run.maxAttempts}`}
        />
        {isActive(status) ? (
          <Figure
            label="Time left"
            meaning={figureMeanings.timeLeft}
            value={eta ? formatTicking(eta.remainingMs) : '–'}
            note={eta?.basis ?? timeNote(run)}
          />
        ) : (
          <Figure label="Rejected" meaning={countMeanings.rejected} value={formatCount(counts.rejected)} note={rejectedNote(counts)} />
        )}
      </dl>
      {running && counts.expected !== null && (
        // Over the figures and not below them: what follows stays where it is when the run ends.
        <div className="absolute inset-x-0 bottom-0 bg-surface">
          <Progress label="Records read" value={counts.read} max={counts.expected} className="h-1 rounded-none!" />
        </div>
      )}
    </section>
  )
}
