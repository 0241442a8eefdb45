/** What a run states about a stream that it has committed. */

import type { TotalPair as Pair, StreamReceipt as Receipt, ControlTotals as Totals } from '@aiia/core/sync/receipt'
import { builder } from './builder.ts'
import { SyncMode } from './enums.ts'
import { RecordCounts, toStoredCounts } from './record-counts.ts'

const TotalPair = builder.objectRef<Pair>('TotalPair').implement({
  description: 'A total on both sides, as exact decimal texts.',
  fields: (t) => ({
    source: t.exposeString('source', { description: 'As the source itself computed it.' }),
    committed: t.exposeString('committed', { description: 'Of what was committed.' }),
  }),
})

const ColumnTotal = builder.objectRef<Totals['sums'][number]>('ColumnTotal').implement({
  description: 'The sum of a column on both sides, as exact decimal texts.',
  fields: (t) => ({
    column: t.exposeString('column', { description: 'Column of the source.' }),
    source: t.exposeString('source', { description: 'As the source itself computed it.' }),
    committed: t.exposeString('committed', { description: 'Of what was committed.' }),
  }),
})

const ControlTotals = builder.objectRef<Totals>('ControlTotals').implement({
  description: 'Totals that were found to be the same at the source and in what was committed.',
  fields: (t) => ({
    rows: t.expose('rows', { type: TotalPair, description: 'Rows.' }),
    sums: t.expose('sums', { type: [ColumnTotal], description: 'Sums of the columns that the stream names.' }),
  }),
})

const CursorRange = builder.objectRef<NonNullable<Receipt['cursor']>>('CursorRange').implement({
  description: 'What part of a stream a run read, by its cursor.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The cursor column of the source.' }),
    from: t.exposeString('from', { nullable: true, description: 'The value behind which it read; null: from the beginning.' }),
    to: t.exposeString('to', {
      nullable: true,
      description: 'The value behind which the next run reads; null where there was none at all.',
    }),
  }),
})

export const StreamReceipt = builder.objectRef<Receipt>('StreamReceipt').implement({
  description: 'What a run states about a stream that it has committed: read = inserted + updated + unchanged + superseded + rejected.',
  fields: (t) => ({
    stream: t.exposeString('stream', { description: 'The stream, by its name.' }),
    mode: t.expose('mode', { type: SyncMode, description: 'How it filled its table.' }),
    counts: t.field({ type: RecordCounts, description: 'What became of its rows.', resolve: ({ counts }) => toStoredCounts(counts) }),
    controlTotals: t.expose('controlTotals', { type: ControlTotals, nullable: true, description: 'null where the stream asks for none.' }),
    cursor: t.expose('cursor', { type: CursorRange, nullable: true, description: 'null without a cursor.' }),
  }),
})
