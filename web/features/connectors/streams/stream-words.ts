/** What a stream reads and how, in words. */

import type { SyncMode } from '@/graphql/generated/graphql.ts'

export type Capabilities = { sql: boolean; incremental: string | null; chunks: boolean; parallel: boolean; controlTotals: boolean }

export const isSql = (source: unknown): source is { sql: string } => typeof source === 'object' && source !== null && 'sql' in source

/** `{"path": "in/*.csv", "format": "csv"}` as `in/*.csv csv` */
export const sourceInWords = (source: unknown): string => {
  if (isSql(source)) return source.sql.replace(/\s+/g, ' ')
  if (typeof source !== 'object' || source === null) return String(source)
  return Object.values(source)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .join(' ')
}

/** How a stream finds its rows again from run to run. */
export const keyInWords = (primaryKey: readonly string[] | null): string => {
  if (primaryKey === null) return 'the source’s own key'
  return primaryKey.length > 0 ? primaryKey.join(', ') : 'none: each run replaces the whole table'
}

export const modeNames: Record<SyncMode, string> = { FULL_REFRESH: 'Full refresh', INCREMENTAL: 'Incremental', APPEND: 'Append' }

/** What each mode does with such a source. */
export const modeSentences = ({ incremental }: Capabilities): Record<SyncMode, string> => {
  const isNew = incremental === 'FILES' ? 'the files that it has not read yet' : 'the rows whose cursor value is new'
  return {
    FULL_REFRESH: 'Each run reads everything and makes the table equal to it: what is gone at the source is deleted.',
    INCREMENTAL: `Each run reads ${isNew}, and inserts or updates by the primary key. Rows that are deleted at the source stay.`,
    APPEND:
      incremental === null
        ? 'Each run adds all that it reads behind the rows that are there, and changes none of them.'
        : `Each run adds ${isNew} behind the rows that are there, and changes none of them.`,
  }
}
