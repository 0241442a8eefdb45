'use client'
/** What has changed since the last run of the connector that completed: open where a run did not complete, else folded. */

import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import * as t from '@/texts/comparison.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { type Comparison, configurationLines, type Difference, figureLines, schemaLines } from './comparison-words.ts'
import type { RatedRun } from './rate/use-rate-points.ts'
import { runPath } from './run-actions.ts'
import { isActive } from './status.ts'

export const Changes = ({ run }: { run: RatedRun }) => {
  const { changesSinceLastGood: comparison, status } = run
  if (comparison === null) return null
  const caused = [...configurationLines(comparison), ...schemaLines(comparison)]
  return (
    <details
      // What is still under way is no difference yet.
      open={status === 'FAILED' || status === 'ERROR'}
      className="group mb-4 overflow-hidden rounded-lg border bg-surface shadow-card"
    >
      <summary className="flex min-h-10 list-none flex-wrap items-center gap-x-2 gap-y-1 px-4 py-1 text-sm -outline-offset-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-faint transition-transform group-open:rotate-90" />
        <span className="font-medium">{t.title}</span>
        <span className="text-xs text-ink-faint">{t.inShort(caused.length)}</span>
      </summary>
      <div className="border-t px-4 py-3 text-sm">
        <LastGood run={comparison.lastGood} />
        <Lines label={t.caused} lines={caused} />
        {caused.length === 0 && <p className="mt-2 text-ink-soft">{t.nothingCaused}</p>}
        {!isActive(status) && <Lines label={t.figures} lines={figureLines(comparison)} />}
      </div>
    </details>
  )
}

const LastGood = ({ run: { number, finishedAt } }: { run: Comparison['lastGood'] }) => (
  <p className="text-xs text-ink-faint">
    {t.comparedWith(
      <Link href={runPath(number)} className="rounded-sm text-ink-soft underline underline-offset-2 hover:text-ink">
        {t.runLink(number)}
      </Link>,
      finishedAt && <RelativeTime at={finishedAt} />,
    )}
  </p>
)

const Lines = ({ label, lines }: { label: string; lines: Difference[] }) =>
  lines.length === 0 ? null : (
    <ul aria-label={label} className="mt-2 flex max-h-64 flex-col gap-1 overflow-y-auto">
      {lines.map(({ what, from, to }) => (
        <li key={what} className="flex flex-wrap items-baseline gap-x-2 break-words">
          <span className="text-ink-soft">{what}</span>
          {from === null ? (
            <span className="text-ink-faint">{t.changed}</span>
          ) : (
            <span className="min-w-0 font-mono text-xs break-all">
              {from} → {to}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
