'use client'
/** The lines of a log, of which only those in view exist in the page; follows the end while the reader is there. */

import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { useEffect, useEffectEvent, useRef } from 'react'
import { formatCount } from '@/ui/format.ts'
import { LogRow } from './LogRow.tsx'
import type { LogFilter } from './log-source.ts'
import { logTime, type TimeMode } from './log-time.ts'
import type { ChosenLines } from './use-chosen-lines.ts'
import { useFollowing } from './use-following.ts'
import { isFiltering, type Log } from './use-log.ts'

type Props = {
  label: string
  log: Log
  filter: LogFilter
  look: { wrap: boolean; time: TimeMode }
  startedAt: string | null
  lines: ChosenLines
  onChoose: (seq: number, stretch: boolean) => void
}

/** Also the smallest target that a line's number may be. */
const rowHeight = 24

export const LogLines = ({ label, log, filter, look, startedAt, lines, onChoose }: Props) => {
  const scroller = useRef<HTMLDivElement>(null)
  const { source } = log
  const count = source.count()
  // oxlint-disable-next-line react/incompatible-library -- it is not memoised by a compiler here
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 24,
    paddingStart: 8,
    paddingEnd: 8,
    initialRect: { width: 1000, height: 560 },
  })
  const rows = virtual.getVirtualItems()
  const follow = useFollowing(scroller, { count, size: virtual.getTotalSize(), endIsKnown: source.reachesEnd() })

  // What a filter finds is read from its beginning; without one, the newest lines matter most.
  const shown = useRef(source)
  useEffect(() => {
    if (shown.current === source) return
    shown.current = source
    if (isFiltering(filter)) {
      follow.letGo()
      virtual.scrollToOffset(0)
    } else if (lines.target === null) follow.resume()
  })

  const from = rows[0]?.index ?? 0
  const to = rows.at(-1)?.index ?? 0
  const version = source.version()
  useEffect(() => {
    if (count > 0) source.ensure(from, to)
  }, [source, version, count, from, to])

  // Heights were measured for the other way of showing long lines.
  useEffect(() => virtual.measure(), [virtual, look.wrap])

  const bringIntoView = useEffectEvent((seq: number) => {
    const index = source.indexOf(seq)
    if (index === -1) return
    lines.show(null)
    follow.letGo()
    virtual.scrollToIndex(index, { align: 'center' })
  })
  useEffect(() => {
    if (lines.target !== null && !isFiltering(filter)) bringIntoView(lines.target)
  }, [lines.target, filter, version])

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
        className="max-h-[max(20rem,72dvh)] min-h-56 overflow-auto bg-sunken font-mono text-xs -outline-offset-2 [overflow-anchor:none]"
      >
        {count === 0 && (
          <p className="p-4 font-sans text-sm text-ink-faint">
            {isFiltering(filter) ? 'No line matches.' : 'The log begins when a worker takes the run.'}
          </p>
        )}
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          <div
            className="absolute top-0 left-0 min-w-full"
            style={{ transform: `translateY(${rows[0]?.start ?? 0}px)`, ...(look.wrap && { width: '100%' }) }}
          >
            {rows.map(({ index, key }) => {
              const line = source.at(index)
              return (
                <div key={key} data-index={index} ref={look.wrap ? virtual.measureElement : undefined} className="min-h-6">
                  {line && (
                    <LogRow
                      line={line}
                      time={logTime(line.at, look.time, startedAt)}
                      gutter={gutter}
                      wrap={look.wrap}
                      chosen={isChosen(line.seq)}
                      search={filter.search}
                      onChoose={onChoose}
                    />
                  )}
                </div>
              )
            })}
          </div>
        </div>
      </div>
      {!follow.following && count > 0 && (
        <button
          type="button"
          onClick={follow.resume}
          className="absolute bottom-3 left-1/2 flex h-7 -translate-x-1/2 items-center gap-1.5 rounded-full bg-primary px-3 text-xs font-medium text-on-primary shadow-raised hover:bg-primary-hover"
        >
          <ArrowDown aria-hidden className="size-3.5" />
          {follow.newLines > 0 ? `${formatCount(follow.newLines)} new lines` : 'To the end'}
        </button>
      )}
    </div>
  )
}
