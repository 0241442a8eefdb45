/** What a run and the last good one differ in, as lines to read: "settings.host: db1 → db2". */

import type { JobRunQuery } from '@/graphql/generated/graphql.ts'
import { formatCount, formatDuration } from '@/ui/format.ts'

export type Comparison = NonNullable<NonNullable<JobRunQuery['jobRun']>['changesSinceLastGood']>

/** `from` and `to` are null where the values are not told. */
export type Difference = { what: string; from: string | null; to: string | null }

const figures: Record<Comparison['figures'][number]['figure'], { label: string; print: (value: number) => string }> = {
  READ: { label: 'records read', print: formatCount },
  INGESTED: { label: 'records ingested', print: formatCount },
  REJECTED: { label: 'records rejected', print: formatCount },
  DURATION: { label: 'duration', print: formatDuration },
}

const schemaWords: Record<Comparison['schema'][number]['changes'][number]['kind'], string> = {
  ADDED: 'new column',
  REMOVED: 'column gone',
  RENAMED: 'column renamed',
  RETYPED: 'type of column',
  NULLABILITY: 'emptiness of column',
}

export const configurationLines = ({ configuration }: Comparison): Difference[] =>
  configuration.map(({ stream, part, before, now }) => {
    const what = stream === null ? part : part === 'stream' ? `stream ${stream}` : `stream ${stream}: ${part}`
    return before === null && now === null ? { what, from: null, to: null } : { what, from: before ?? 'not set', to: now ?? 'not set' }
  })

export const schemaLines = ({ schema }: Comparison): Difference[] =>
  schema.flatMap(({ stream, changes }) =>
    changes.map(({ kind, column, to, before, now }) => {
      const what = `stream ${stream}: ${schemaWords[kind]} ${column}`
      return kind === 'RENAMED' ? { what, from: column, to } : { what, from: before ?? 'not there', to: now ?? 'not there' }
    }),
  )

export const figureLines = ({ figures: changes }: Comparison): Difference[] =>
  changes.map(({ figure, before, now }) => {
    const { label, print } = figures[figure]
    return { what: label, from: print(before), to: print(now) }
  })

export const inShort = (changes: number): string =>
  changes === 0 ? 'nothing was changed here' : `${changes} ${changes === 1 ? 'change' : 'changes'}`
