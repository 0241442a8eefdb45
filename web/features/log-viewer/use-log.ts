'use client'
/** The log that the viewer shows: the whole one, or what a filter lets through, and live while the run goes on. */

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useGraph } from '@/graphql/GraphProvider.tsx'
import { LogLinesDocument } from '@/graphql/generated/graphql.ts'
import { type LogFilter, type LogPage, type LogSource, type ReadLog } from './log-source.ts'
import { followLog } from './log-tail.ts'
import { createMatchingLog, type MatchingLog } from './matching-log.ts'
import { createWholeLog, type WholeLog } from './whole-log.ts'

export type Log = {
  source: LogSource
  read: ReadLog
  /** Lines in the whole log. */
  lastSeq: number
  /** Lines that the filter lets through; null without a filter, or before that is known. */
  matching: number | null
  /** The tail is listening. */
  live: boolean
}

export const isFiltering = ({ levels, search }: LogFilter): boolean => levels.length > 0 || search !== ''

const useReadLog = (run: string): ReadLog => {
  const { uncached } = useGraph()
  return useMemo(
    () => async (part) => {
      const { data, error } = await uncached.query(LogLinesDocument, { run, ...part }).toPromise()
      if (error || !data?.jobRun) throw error ?? new Error(`The run ${run} is gone.`)
      return data.jobRun.logs
    },
    [uncached, run],
  )
}

/** `ended` is true once the run can write no more. */
const useTail = (run: string, whole: WholeLog, others: LogSource | null, ended: boolean): boolean => {
  const { socket } = useGraph()
  const [finished, setFinished] = useState(ended)
  const [listeners] = useState(() => new Set<LogSource>())
  useEffect(() => {
    if (others === null) return
    listeners.add(others)
    return () => void listeners.delete(others)
  }, [listeners, others])
  useEffect(() => {
    if (finished || socket === null) return
    return followLog(socket.client, {
      run,
      lastSeq: whole.lastSeq,
      onLines: (lines) => {
        whole.append(lines)
        for (const source of listeners) source.append(lines)
      },
      onEnd: () => setFinished(true),
    })
  }, [socket, run, whole, listeners, finished])
  return !finished
}

export const useLog = (run: { id: string; lastLogSeq: number }, ended: boolean, filter: LogFilter, first: LogPage | null): Log => {
  const read = useReadLog(run.id)
  const [whole] = useState(() => createWholeLog(read, Math.max(run.lastLogSeq, first?.lastSeq ?? 0), first))
  const { levels, search } = filter
  const filterKey = `${levels.join()} ${search}`
  const matching: MatchingLog | null = useMemo(
    () => (isFiltering({ levels, search }) ? createMatchingLog(read, { levels, search }) : null),
    // oxlint-disable-next-line react/exhaustive-deps -- the key stands for the levels, whose array is new each time
    [read, filterKey],
  )
  useEffect(() => () => matching?.close(), [matching])
  const live = useTail(run.id, whole, matching, ended)
  useEffect(() => {
    if (!live) whole.reach(run.lastLogSeq)
  }, [whole, live, run.lastLogSeq])
  const source = matching ?? whole
  useSyncExternalStore(source.subscribe, source.version, source.version)
  return { source, read, lastSeq: whole.lastSeq(), matching: matching?.total() ?? null, live }
}
