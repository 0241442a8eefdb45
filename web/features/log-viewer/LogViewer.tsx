'use client'
/** The log of a run: live, searchable, with a permalink for every line, and to take along. */

import { Radio } from 'lucide-react'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { isActive } from '@/features/job-runs/status.ts'
import type { JobRunStatus } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/log.ts'
import { useDebounced } from '@/ui/use-debounced.ts'
import { usePreference } from '@/ui/use-preference.ts'
import { copyLog } from './copy-log.ts'
import { downloadPath } from './download-path.ts'
import type { Hits } from './HitNavigator.tsx'
import { LogLines } from './LogLines.tsx'
import { type LogLook, LogToolbar } from './LogToolbar.tsx'
import type { LogFilter, LogPage } from './log-source.ts'
import { timeModes } from './log-time.ts'
import { useChosenLines } from './use-chosen-lines.ts'
import { isFiltering, type Log, useLog } from './use-log.ts'

export type LogViewerHandle = {
  /** To the line that says why the run did not complete. */
  goToFirstError(): void
  goToLine(seq: number): void
}

type Props = {
  run: { id: string; number: number; status: JobRunStatus; startedAt: string | null; lastLogSeq: number }
  /** The newest lines, as the server rendered them. */
  first: LogPage | null
  ref?: Ref<LogViewerHandle>
}

const noFilter: LogFilter = { levels: [], search: '' }

const useLook = (): [LogLook, (look: LogLook) => void] => {
  const [wrap, setWrap] = usePreference('log-wrap', ['on', 'off'])
  const [time, setTime] = usePreference('log-time', timeModes)
  const setLook = (look: LogLook) => {
    setWrap(look.wrap ? 'on' : 'off')
    setTime(look.time)
  }
  return [{ wrap: wrap === 'on', time }, setLook]
}

const Size = ({ log: { matching, lastSeq } }: { log: Log }) => (
  <span className="text-xs font-normal text-ink-faint tabular">{t.size(lastSeq, matching)}</span>
)

/** Each search begins at its first hit. */
const useHits = (search: string, total: number | null): Hits | null => {
  const [{ of, current }, setCurrent] = useState({ of: search, current: 0 })
  if (of !== search) setCurrent({ of: search, current: 0 })
  return search === '' || total === null ? null : { current, total, goTo: (hit) => setCurrent({ of: search, current: hit }) }
}

export const LogViewer = ({ run, first, ref }: Props) => {
  const section = useRef<HTMLElement>(null)
  const [look, setLook] = useLook()
  const [typed, setTyped] = useState(noFilter)
  const filter = useDebounced(typed)
  const lines = useChosenLines()
  const log = useLog(run, !isActive(run.status), filter, first)

  const chooseRow = (seq: number, stretch: boolean) => {
    lines.choose(seq, stretch)
    if (!isFiltering(typed)) return
    // A line that was found is shown where it stands.
    setTyped(noFilter)
    lines.show(seq)
  }
  const goToLine = (seq: number) => {
    setTyped(noFilter)
    lines.choose(seq)
    lines.show(seq)
  }
  // A line in the middle of a log that is below the fold is not in view.
  const asked = lines.target !== null
  useEffect(() => {
    if (asked) section.current?.scrollIntoView({ block: 'nearest' })
  }, [asked])
  const goToFirstError = async () => {
    const found = await log.read({ levels: ['ERROR', 'FATAL'], first: 1 })
    const seq = found.lines[0]?.seq
    if (seq !== undefined) goToLine(seq)
  }
  useImperativeHandle(ref, () => ({ goToFirstError: () => void goToFirstError(), goToLine }))

  const { range } = lines
  const copy = () => copyLog(log.read, range ? noFilter : filter, range)
  const hits = useHits(filter.search, log.matching)
  return (
    <section ref={section} aria-label={t.title} className="scroll-mt-16 overflow-hidden rounded-lg border bg-surface shadow-card">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2">
        <h2 className="flex items-center gap-2.5 text-sm font-medium">
          {t.title} <Size log={log} />
          {log.live && (
            <span className="flex items-center gap-1 text-xs font-normal text-running">
              <Radio aria-hidden className="size-3 animate-pulse-dot" /> {t.live}
            </span>
          )}
        </h2>
        <LogToolbar
          filter={typed}
          onFilter={setTyped}
          look={look}
          onLook={setLook}
          chosen={range ? range.to - range.from + 1 : 0}
          onCopy={copy}
          download={downloadPath(run.number, filter)}
          hits={hits}
        />
      </header>
      <LogLines
        label={t.linesLabel(run.number)}
        log={log}
        filter={filter}
        look={look}
        startedAt={run.startedAt}
        lines={lines}
        hit={hits?.current ?? null}
        onChoose={chooseRow}
        onCopy={() => void copy()}
      />
    </section>
  )
}
