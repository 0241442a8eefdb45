/** What a stream's modes and keys are called: in the editor of streams, in tables of streams and in a run's receipts. */

import type { SyncMode } from '@/graphql/generated/graphql.ts'

/** In place of the names of key columns. */
export const sourceKey = 'the source’s own key'
/** In place of the names of key columns. */
export const noKey = 'none: each run replaces the whole table'

export const modeNames: Record<SyncMode, string> = { FULL_REFRESH: 'Full refresh', INCREMENTAL: 'Incremental', APPEND: 'Append' }

export const fullRefreshHint = 'Each run reads everything and makes the table equal to it: what is gone at the source is deleted.'
export const incrementalByCursorHint =
  'Each run reads the rows whose cursor value is new, and inserts or updates by the primary key. Rows that are deleted at the source stay.'
export const incrementalByFilesHint =
  'Each run reads the files that it has not read yet, and inserts or updates by the primary key. Rows that are deleted at the source stay.'
/** Of a source that cannot tell what is new. */
export const appendAllHint = 'Each run adds all that it reads behind the rows that are there, and changes none of them.'
export const appendByCursorHint =
  'Each run adds the rows whose cursor value is new behind the rows that are there, and changes none of them.'
export const appendByFilesHint =
  'Each run adds the files that it has not read yet behind the rows that are there, and changes none of them.'
