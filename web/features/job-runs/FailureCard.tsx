'use client'
/** Why a run did not complete, what lies behind it, and what to do next. */

import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { failurePath } from '@/features/failures/failure-path.ts'
import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/run-failure.tsx'
import { Badge } from '@/ui/Badge.tsx'
import { FailureActions } from './FailureActions.tsx'
import { Proposal } from './Proposal.tsx'
import type { RunAgain } from './RunActions.tsx'

type Props = { run: RunDetailFragment; again: RunAgain; onJumpToLog: () => void }

const Fact = ({ label, children }: { label: string; children: string }) => (
  <div className="min-w-0">
    <dt className="text-xs font-medium text-ink-faint">{label}</dt>
    <dd className="mt-1 max-w-prose text-sm break-words">{children}</dd>
  </div>
)

export const FailureCard = ({ run, again, onJumpToLog }: Props) => {
  const { failure } = run
  if (failure === null) return null
  const tone = run.status === 'ERROR' ? 'error' : 'failed'
  const place = t.place(failure.stream, failure.step)
  const bar = tone === 'error' ? 'bg-error-vivid' : 'bg-failed-vivid'
  return (
    <section
      aria-labelledby="failure-title"
      className="relative mb-4 overflow-hidden rounded-lg border bg-surface py-4 pr-4 pl-5 shadow-card"
    >
      <div aria-hidden className={`absolute inset-y-0 left-0 w-1 ${bar}`} />
      <div className="flex flex-wrap items-center gap-2">
        <Link href={failurePath(failure.code)} className="rounded-full" title={t.meaningHint}>
          <Badge tone={tone}>{failure.code}</Badge>
        </Link>
        {place && <span className="text-xs text-ink-faint">{place}</span>}
      </div>
      <h2 id="failure-title" className="mt-2.5 max-w-4xl text-base font-medium break-words">
        {failure.message}
      </h2>
      <dl className="mt-3.5 grid gap-x-8 gap-y-3 md:grid-cols-2">
        <Fact label={t.rootCause}>{failure.rootCause}</Fact>
        <Fact label={t.resolution}>{failure.resolution}</Fact>
      </dl>
      <FailureActions run={run} failure={failure} again={again} onJumpToLog={onJumpToLog} />
      {failure.proposal && <Proposal run={run} proposal={failure.proposal} />}
      {failure.trace && (
        <details className="group mt-3.5">
          <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-xs font-medium text-ink-soft hover:text-ink [&::-webkit-details-marker]:hidden">
            <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
            {t.trace}
          </summary>
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
            tabIndex={0}
            aria-label={t.trace}
            className="mt-2 max-h-72 overflow-auto rounded-md border bg-sunken p-3 font-mono text-xs leading-5 text-ink-soft"
          >
            {failure.trace}
          </pre>
        </details>
      )}
    </section>
  )
}
