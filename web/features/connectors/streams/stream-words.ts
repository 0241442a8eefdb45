/** What a stream reads and how, in words. */

import type { SyncMode } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/stream-words.ts'

export { modeNames } from '@/texts/stream-words.ts'

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
  if (primaryKey === null) return t.sourceKey
  return primaryKey.length > 0 ? primaryKey.join(', ') : t.noKey
}

/** What each mode does with such a source. */
export const modeSentences = ({ incremental }: Capabilities): Record<SyncMode, string> => ({
  FULL_REFRESH: t.fullRefreshHint,
  INCREMENTAL: incremental === 'FILES' ? t.incrementalByFilesHint : t.incrementalByCursorHint,
  APPEND: incremental === null ? t.appendAllHint : incremental === 'FILES' ? t.appendByFilesHint : t.appendByCursorHint,
})
