/** One line of a log, as printed: `[2026-05-24 02:00:03] INFO: message`. */

import clsx from 'clsx'
import { type MouseEvent, memo } from 'react'
import type { LogLevel } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/log.ts'
import { Highlighted } from '@/ui/Highlighted.tsx'
import type { LogLine } from './log-source.ts'

const levelClass: Record<LogLevel, string> = {
  DEBUG: 'text-ink-faint',
  INFO: 'text-running',
  WARN: 'text-pending font-medium',
  ERROR: 'text-failed font-semibold',
  FATAL: 'text-failed font-bold',
}

const rowClass: Record<LogLevel, string> = {
  DEBUG: 'border-transparent text-ink-soft',
  INFO: 'border-transparent',
  WARN: 'border-pending-vivid bg-pending-tint/50',
  ERROR: 'border-failed-vivid bg-failed-tint/60',
  FATAL: 'border-failed-vivid bg-failed-tint',
}

type Props = {
  /** Its place in the list. */
  index: number
  line: LogLine
  time: string
  /** Width of the line number in characters. */
  gutter: number
  wrap: boolean
  chosen: boolean
  /** The reader of a search is at this line. */
  current: boolean
  search: string
  onChoose: (seq: number, stretch: boolean) => void
}

export const LogRow = memo(({ index, line, time, gutter, wrap, chosen, current, search, onChoose }: Props) => {
  const choose = (event: MouseEvent) => {
    event.preventDefault()
    onChoose(line.seq, event.shiftKey)
  }
  return (
    <div
      data-index={index}
      aria-current={current || undefined}
      className={clsx(
        'flex min-h-6 border-l-2 pr-4 leading-6',
        chosen ? 'border-accent bg-accent-tint' : rowClass[line.level],
        current && 'outline-1 -outline-offset-1 outline-accent',
        wrap ? '' : 'w-max min-w-full',
      )}
    >
      <a
        href={`#L${line.seq}`}
        onClick={choose}
        aria-label={t.line(line.seq)}
        data-number={line.seq}
        className="shrink-0 pr-4 pl-3 text-right text-ink-faint tabular -outline-offset-2 select-none before:content-[attr(data-number)] hover:text-ink"
        style={{ minWidth: `calc(${gutter}ch + 1.75rem)` }}
      />
      <span className={wrap ? 'min-w-0 break-words whitespace-pre-wrap' : 'whitespace-pre'}>
        <span className="text-ink-faint">[{time}]</span>{' '}
        <span className={clsx('inline-block min-w-[6ch]', levelClass[line.level])}>{line.level}:</span>{' '}
        <Highlighted text={line.message} search={search} />
      </span>
    </div>
  )
})
