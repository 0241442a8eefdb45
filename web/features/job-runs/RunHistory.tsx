'use client'
/** What happened to a run: each change of its status, by whom and why, with what each attempt had read by then. */

import clsx from 'clsx'
import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/run.tsx'
import { Card } from '@/ui/Card.tsx'
import { formatUtc } from '@/ui/format.ts'
import { statusLooks } from './status.ts'

type Transition = RunDetailFragment['transitions'][number]
type Attempt = RunDetailFragment['attempts'][number]

const dots: Record<Transition['to'], string> = {
  PENDING: 'bg-pending-vivid',
  RUNNING: 'bg-running-vivid',
  COMPLETED: 'bg-completed-vivid',
  FAILED: 'bg-failed-vivid',
  ERROR: 'bg-error-vivid',
  CANCELLED: 'bg-cancelled-vivid',
}

type Props = { run: RunDetailFragment /** To where an attempt begins in the log. */; onJumpToLog(seq: number): void }

export const RunHistory = ({ run: { transitions, attempts }, onJumpToLog }: Props) => (
  <Card
    title={t.history}
    {...(attempts.length > 1 && { aside: <span className="text-xs text-ink-faint">{t.attempts(attempts.length)}</span> })}
  >
    <ol
      aria-label={t.history}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
      tabIndex={0}
      className="max-h-88 overflow-y-auto px-4 py-3 -outline-offset-2"
    >
      {transitions.map((transition, index) => (
        <Change
          key={transition.at}
          transition={transition}
          attempt={transition.to === 'RUNNING' ? attempts.find(({ number }) => number === transition.attempt) : undefined}
          last={index === transitions.length - 1}
          onJumpToLog={onJumpToLog}
        />
      ))}
    </ol>
  </Card>
)

type ChangeProps = { transition: Transition; attempt: Attempt | undefined; last: boolean; onJumpToLog: Props['onJumpToLog'] }

const Change = ({ transition: { at, to, by, reason }, attempt, last, onJumpToLog }: ChangeProps) => (
  <li className="relative pb-3 pl-5 last:pb-0">
    {!last && <span aria-hidden className="absolute top-3 bottom-[-0.25rem] left-[3px] w-px bg-line-strong" />}
    <span aria-hidden className={clsx('absolute top-1.75 left-0 size-[7px] rounded-full', dots[to])} />
    <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
      <span className="font-medium">{statusLooks[to].label}</span>
      <time dateTime={at} title={formatUtc(Date.parse(at))} className="text-xs text-ink-faint tabular">
        {formatUtc(Date.parse(at)).slice(11)}
      </time>
    </p>
    <p className="text-xs break-words text-ink-soft">{reason}</p>
    <p className="flex flex-wrap gap-x-2 text-xs text-ink-faint">
      <span className="break-all">{by}</span>
      {attempt && attempt.counts.read > 0 && <span>· {t.attemptRead(attempt.counts.read)}</span>}
      {attempt && attempt.lastLogSeq >= attempt.firstLogSeq && (
        <button
          type="button"
          className="rounded-sm text-ink-soft underline-offset-2 hover:underline"
          onClick={() => onJumpToLog(attempt.firstLogSeq)}
        >
          {t.logLine(attempt.firstLogSeq)}
        </button>
      )}
    </p>
  </li>
)
