/** What the viewer scrolls through: lines by position, loaded where they are looked at. */

import type { LogLevel, LogLinesQuery, LogLinesQueryVariables } from '@/graphql/generated/graphql.ts'

export type LogPage = NonNullable<LogLinesQuery['jobRun']>['logs']
export type LogLine = LogPage['lines'][number]

/** Reads a part of one run's log from the store; rejects when the API does not answer. */
export type ReadLog = (part: Omit<LogLinesQueryVariables, 'run'>) => Promise<LogPage>

export type LogFilter = { levels: LogLevel[]; search: string }

export type LogSource = {
  subscribe(listener: () => void): () => void
  /** Changes whenever anything below does. */
  version(): number
  count(): number
  /** undefined: not loaded; ask with `ensure`. */
  at(index: number): LogLine | undefined
  /** Where a line stands, or -1 where it is not known to be among these. */
  indexOf(seq: number): number
  ensure(from: number, to: number): void
  /** The newest line is among these: what comes next is what is written next. */
  reachesEnd(): boolean
  /** Takes in lines as they are written; lines it has already are no news. */
  append(lines: readonly LogLine[]): void
  /** Forgets nothing, but tells nobody any more. */
  close(): void
}

/** The listening half of a source. */
export const createChanges = () => {
  const listeners = new Set<() => void>()
  let version = 0
  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    version: () => version,
    changed: () => {
      version += 1
      for (const listener of listeners) listener()
    },
    close: () => listeners.clear(),
  }
}
