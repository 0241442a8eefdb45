/** What a run and the last good one differ in, as lines to read: "settings.host: db1 → db2". */

import type { JobRunQuery, RunFigure } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/comparison.tsx'
import { formatCount, formatDuration } from '@/ui/format.ts'

export type Comparison = NonNullable<NonNullable<JobRunQuery['jobRun']>['changesSinceLastGood']>

/** `from` and `to` are null where the values are not told. */
export type Difference = { what: string; from: string | null; to: string | null }

const prints: Record<RunFigure, (value: number) => string> = {
  READ: formatCount,
  INGESTED: formatCount,
  REJECTED: formatCount,
  DURATION: formatDuration,
}

export const configurationLines = ({ configuration }: Comparison): Difference[] =>
  configuration.map(({ stream, part, before, now }) => {
    const what = stream === null ? part : part === 'stream' ? t.stream(stream) : t.streamPart(stream, part)
    return before === null && now === null ? { what, from: null, to: null } : { what, from: before ?? t.notSet, to: now ?? t.notSet }
  })

export const schemaLines = ({ schema }: Comparison): Difference[] =>
  schema.flatMap(({ stream, changes }) =>
    changes.map(({ kind, column, to, before, now }) => {
      const what = t.columnChanges[kind](stream, column)
      return kind === 'RENAMED' ? { what, from: column, to } : { what, from: before ?? t.notThere, to: now ?? t.notThere }
    }),
  )

export const figureLines = ({ figures }: Comparison): Difference[] =>
  figures.map(({ figure, before, now }) => ({ what: t.figureNames[figure], from: prints[figure](before), to: prints[figure](now) }))
