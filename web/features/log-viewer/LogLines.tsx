'use client'
/** The lines of a log, of which only those in view exist in the page; follows the end while the reader is there. */

import clsx from 'clsx'
import { ArrowDown } from 'lucide-react'
import { type ClipboardEvent, type CSSProperties, useEffect, useEffectEvent, useRef } from 'react'
import * as t from '@/texts/log.ts'
import { LogRow } from './LogRow.tsx'
import type { LogFilter } from './log-source.ts'
import { logTime, type TimeMode } from './log-time.ts'
import { padding, type Slice } from './log-window.ts'
import type { ChosenLines } from './use-chosen-lines.ts'
import { isFiltering, type Log } from './use-log.ts'
import { useLogWindow } from './use-log-window.ts'

type Props = {
  label: string
  log: Log
  filter: LogFilter
  look: { wrap: boolean; time: TimeMode }
  startedAt: string | null
  lines: ChosenLines
  /** Which of the lines the reader of a search is at; null: none. */
  hit: number | null
  /** The chosen lines, in view or not. */
  onCopy: () => void
  onChoose: (seq: number, stretch: boolean) => void
}

const range = ({ from, to }: Slice): number[] => Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index)

const tallest = 'max(20rem, 72dvh)'

/** As the server renders it, the end is in view already: nothing moves when the page comes alive. */
const placeOf = ({ y }: Slice): CSSProperties['transform'] =>
  y === null ? `translateY(min(${padding}px, ${tallest} - 100% - ${padding}px))` : `translateY(${y}px)`

export const LogLines = ({ label, log, filter, look, startedAt, lines, hit, onChoose, onCopy }: Props) => {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useRef<HTMLDivElement>(null)
  const { source } = log
  const count = source.count()
  const [view, slice] = useLogWindow({ scroller, rows }, { count, endIsKnown: source.reachesEnd(), rowsOf: source, wrap: look.wrap })

  // What a filter finds is read from its beginning; without one, the newest lines matter most.
  const shown = useRef(source)
  useEffect(() => {
    if (shown.current === source) return
    shown.current = source
    if (isFiltering(filter)) view.toStart()
    else if (lines.target === null) view.toEnd()
  })

  const { from, to } = slice
  const version = source.version()
  useEffect(() => {
    if (count > 0) source.ensure(from, to - 1)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- what is loaded has changed
  }, [source, version, count, from, to])

  const bringIntoView = useEffectEvent((seq: number) => {
    const index = source.indexOf(seq)
    if (index === -1) return
    lines.show(null)
    view.show(index)
  })
  useEffect(() => {
    if (lines.target !== null && !isFiltering(filter)) bringIntoView(lines.target)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- what is known of the log has changed
  }, [lines.target, filter, version])

  useEffect(() => {
    if (hit !== null) view.reveal(hit)
  }, [view, hit])

  /** What the browser has selected ends where rows end to exist; chosen lines are copied whole. */
  const copyChosen = (event: ClipboardEvent) => {
    if (lines.range === null || window.getSelection()?.isCollapsed === false) return
    event.preventDefault()
    onCopy()
  }

  const slots = Math.ceil((to - from + 8) / 128) * 128
  const gutter = String(Math.max(log.lastSeq, 100)).length
  const isChosen = (seq: number) => lines.range !== null && seq >= lines.range.from && seq <= lines.range.to
  return (
    <div className="relative">
      <div
        ref={scroller}
        role="log"
        aria-label={label}
        aria-live="off"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
        tabIndex={0}
        onCopy={copyChosen}
        style={{ maxHeight: tallest }}
        className="min-h-56 overflow-auto bg-sunken font-mono text-xs -outline-offset-2 [overflow-anchor:none]"
      >
        {count === 0 && <p className="p-4 font-sans text-sm text-ink-faint">{isFiltering(filter) ? t.noMatch : t.notBegun}</p>}
        <div className="relative" style={{ height: slice.height }}>
          <div ref={rows} className={clsx('absolute top-0 left-0 min-w-full', look.wrap && 'w-full')} style={{ transform: placeOf(slice) }}>
            {range(slice).map((index) => {
              const line = source.at(index)
              // A row that leaves at one end comes back at the other, and only its words are new.
              const key = index % slots
              return line ? (
                <LogRow
                  key={key}
                  index={index}
                  line={line}
                  time={logTime(line.at, look.time, startedAt)}
                  gutter={gutter}
                  wrap={look.wrap}
                  chosen={isChosen(line.seq)}
                  current={index === hit}
                  search={filter.search}
                  onChoose={onChoose}
                />
              ) : (
                <div key={key} data-index={index} className="h-6" />
              )
            })}
          </div>
        </div>
      </div>
      {!slice.endInView && count > 0 && (
        <button
          type="button"
          onClick={view.toEnd}
          className="absolute bottom-3 left-1/2 flex h-7 -translate-x-1/2 items-center gap-1.5 rounded-full bg-primary px-3 text-xs font-medium text-on-primary shadow-raised hover:bg-primary-hover"
        >
          <ArrowDown aria-hidden className="size-3.5" />
          {slice.missed > 0 ? t.newLines(slice.missed) : t.toEnd}
        </button>
      )}
    </div>
  )
}
