/** A stream while it is edited, in the wizard and on the connector's page. */

import type {
  ConnectorDetailFragment,
  DiscoverStreamsMutation,
  DuplicatePolicy,
  StreamInput,
  SyncMode,
} from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/stream-problems.ts'
import { draftFields, type FieldDraft, fieldInput, mappingProblems } from './mapping.ts'

export type Discovered = DiscoverStreamsMutation['discoverStreams'][number]
export type StoredStream = ConnectorDetailFragment['streams'][number]

export type StreamDraft = {
  name: string
  source: unknown
  destinationTable: string
  mode: SyncMode
  keyBy: 'SOURCE' | 'COLUMNS' | 'NONE'
  keyColumns: string[]
  duplicates: DuplicatePolicy
  cursorField: string | null
  /** Figures are as they were entered; empty: the default. */
  cursorOverlap: string
  /** null: read in one go; empty: of a size that the platform chooses. */
  chunkRows: string | null
  /** Sessions; empty: as the platform thinks best. */
  parallel: string
  rejectLimit: string
  schemaChanges: Pick<StoredStream['schemaChanges'], 'added' | 'removed' | 'retyped'>
  /** null: no comparison. */
  controlTotals: string[] | null
  /** null: every column, as it is. */
  fields: FieldDraft[] | null
}

export const newStream = (name: string, source: unknown): StreamDraft => ({
  name,
  source,
  destinationTable: name,
  mode: 'FULL_REFRESH',
  keyBy: 'SOURCE',
  keyColumns: [],
  duplicates: 'LAST_WINS',
  cursorField: null,
  cursorOverlap: '',
  chunkRows: null,
  parallel: '',
  rejectLimit: '0',
  schemaChanges: { added: 'ADD', removed: 'STOP', retyped: 'STOP' },
  controlTotals: null,
  fields: null,
})

export const draftOfStream = (stored: StoredStream): StreamDraft => ({
  name: stored.name,
  source: stored.source,
  destinationTable: stored.destinationTable,
  mode: stored.mode,
  keyBy: stored.primaryKey === null ? 'SOURCE' : stored.primaryKey.length > 0 ? 'COLUMNS' : 'NONE',
  keyColumns: stored.primaryKey ?? [],
  duplicates: stored.duplicates,
  cursorField: stored.cursorField,
  cursorOverlap: stored.cursorOverlap === null ? '' : String(stored.cursorOverlap),
  chunkRows: stored.chunking && String(stored.chunking.rows ?? ''),
  parallel: String(stored.parallel ?? ''),
  rejectLimit: String(stored.rejectLimit),
  schemaChanges: { added: stored.schemaChanges.added, removed: stored.schemaChanges.removed, retyped: stored.schemaChanges.retyped },
  controlTotals: stored.controlTotals,
  fields: stored.fields && draftFields(stored.fields),
})

/** null: the source's own; empty: none. */
export const primaryKeyOf = ({ keyBy, keyColumns }: StreamDraft): string[] | null =>
  keyBy === 'SOURCE' ? null : keyBy === 'NONE' ? [] : keyColumns

/** What a full refresh has no use for is not kept: another mode asks for it anew. */
export const streamInput = (draft: StreamDraft): StreamInput => ({
  name: draft.name,
  source: draft.source,
  destinationTable: draft.destinationTable,
  mode: draft.mode,
  primaryKey: primaryKeyOf(draft),
  duplicates: draft.duplicates,
  ...(draft.mode !== 'FULL_REFRESH' && {
    cursorField: draft.cursorField,
    cursorOverlap: draft.cursorOverlap === '' ? null : Number(draft.cursorOverlap),
  }),
  chunking: draft.chunkRows === null ? null : { rows: draft.chunkRows === '' ? null : Number(draft.chunkRows) },
  parallel: draft.parallel === '' ? null : Number(draft.parallel),
  rejectLimit: Number(draft.rejectLimit),
  schemaChanges: draft.schemaChanges,
  controlTotals: draft.controlTotals,
  fields: draft.fields?.map(fieldInput) ?? null,
})

/** A stream that stays as it is beside one that changes. */
export const storedInput = (stored: StoredStream): StreamInput => ({
  ...streamInput(draftOfStream(stored)),
  cursorField: stored.cursorField,
  cursorOverlap: stored.cursorOverlap,
})

const wholeNumber = (text: string, from: number, to: number): boolean => /^\d+$/.test(text) && Number(text) >= from && Number(text) <= to

/** By the names that the API uses, before anything is sent. */
export const streamProblems = (draft: StreamDraft): Record<string, string> => ({
  ...(draft.destinationTable.trim() === '' && { destinationTable: t.tableMissing }),
  ...(draft.keyBy === 'NONE' && draft.mode === 'INCREMENTAL' && { primaryKey: t.incrementalNeedsKey }),
  ...(draft.keyBy === 'COLUMNS' && draft.keyColumns.length === 0 && { primaryKey: t.keyColumnsMissing }),
  ...(draft.cursorOverlap !== '' && !wholeNumber(draft.cursorOverlap, 0, 31_536_000) && { cursorOverlap: t.cursorOverlapWrong }),
  ...(draft.chunkRows !== null &&
    draft.chunkRows !== '' &&
    !wholeNumber(draft.chunkRows, 1_000, 100_000_000) && { chunking: t.chunkRowsWrong }),
  ...(!wholeNumber(draft.rejectLimit, 0, 1_000_000) && { rejectLimit: t.rejectLimitWrong }),
  ...(draft.fields && mappingProblems(draft.fields)),
})

/** Messages below `prefix`, such as `streams.2`, by the names within the stream. */
export const errorsOfStream = (fields: Record<string, string>, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([path, message]) =>
      path === prefix ? [['', message]] : path.startsWith(`${prefix}.`) ? [[path.slice(prefix.length + 1), message]] : [],
    ),
  )
