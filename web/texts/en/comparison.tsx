/** The page of a run: what it and the last good one of its connector differ in, as lines of a list. */

import type { ReactNode } from 'react'
import type { RunFigure, SchemaChangeKind } from '@/graphql/generated/graphql.ts'

export const title = 'Changed since the last good run'
/** Beside the title, of a list that is folded. */
export const inShort = (changes: number) =>
  changes === 0 ? 'nothing was changed here' : `${changes} ${changes === 1 ? 'change' : 'changes'}`

/** `run`: "run #7", as a link; `completed`: "3h ago", where that is known. */
export const comparedWith = (run: ReactNode, completed: ReactNode) => (
  <>
    Compared with {run}
    {completed && <>, completed {completed}</>}
  </>
)
export const runLink = (number: number) => `run #${number}`

export const caused = 'Configuration and columns'
export const nothingCaused = 'Settings and streams are the same: look for the cause at the source, or between it and the worker.'
/** What a line is about: a stream that is read now or no longer. */
export const stream = (name: string) => `stream ${name}`
/** What a line is about: a setting of a stream. */
export const streamPart = (name: string, part: string) => `stream ${name}: ${part}`
/** Instead of a setting's value. */
export const notSet = 'not set'
/** Behind what a line is about, where the values are not told. */
export const changed = 'changed'

/** What a line is about: a column of a stream at the source. */
export const columnChanges: Record<SchemaChangeKind, (stream: string, column: string) => string> = {
  ADDED: (name, column) => `stream ${name}: new column ${column}`,
  REMOVED: (name, column) => `stream ${name}: column gone ${column}`,
  RENAMED: (name, column) => `stream ${name}: column renamed ${column}`,
  RETYPED: (name, column) => `stream ${name}: type of column ${column}`,
  NULLABILITY: (name, column) => `stream ${name}: emptiness of column ${column}`,
}
/** Instead of a column's type. */
export const notThere = 'not there'

export const figures = 'Figures'
export const figureNames: Record<RunFigure, string> = {
  READ: 'records read',
  INGESTED: 'records ingested',
  REJECTED: 'records rejected',
  DURATION: 'duration',
}
