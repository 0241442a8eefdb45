/** One stream of a connector. */

import { defaultOverlap, type SchemaPolicy } from '@aiia/core/sync/configuration'
import { fromStoredStream } from '@aiia/store/stored-streams'
import { builder } from './builder.ts'
import { AddedColumnPolicy, DuplicatePolicy, RemovedColumnPolicy, RetypedColumnPolicy, SyncMode } from './enums.ts'
import { FieldMapping } from './field-mapping.ts'

const Chunking = builder.objectRef<{ rows: number | null }>('Chunking').implement({
  description: 'How a large table, or a stream of many files, is read in chunks; each is kept as soon as it is read.',
  fields: (t) => ({
    rows: t.exposeInt('rows', {
      nullable: true,
      description: 'Rows of one chunk, about so many where it is of whole files; null: chosen by the size of the stream.',
    }),
  }),
})

const SchemaChanges = builder.objectRef<SchemaPolicy>('SchemaChanges').implement({
  description: 'What is done when the source’s columns are not those of the last run.',
  fields: (t) => ({
    added: t.expose('added', { type: AddedColumnPolicy, description: 'Where there is a new column.' }),
    removed: t.expose('removed', { type: RemovedColumnPolicy, description: 'Where a column is gone.' }),
    retyped: t.expose('retyped', { type: RetypedColumnPolicy, description: 'Where a column has another type.' }),
  }),
})

builder.prismaObject('Stream', {
  description: 'One table or query of a connector; it fills one destination table.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Unique among streams.' }),
    name: t.exposeString('name', { description: 'Unique within the connector.' }),
    source: t.expose('source', { type: 'JSON', description: 'What to read, in the words of the kind: `{"table":"public.bseg"}`.' }),
    mode: t.expose('mode', { type: SyncMode, description: 'How it fills its table.' }),
    primaryKey: t.stringList({
      nullable: true,
      description: 'null: the source’s own primary key; empty: none, each run replaces the whole table.',
      resolve: ({ primaryKeyGiven, primaryKey }) => (primaryKeyGiven ? primaryKey : null),
    }),
    cursorField: t.exposeString('cursorField', {
      nullable: true,
      description: 'Source column that grows with every change; INCREMENTAL and APPEND read behind it.',
    }),
    cursorOverlap: t.exposeInt('cursorOverlap', {
      nullable: true,
      description: `How far behind the last cursor value the next run begins: seconds of a time, units of a number; null: ${defaultOverlap}.`,
    }),
    fields: t.field({
      type: [FieldMapping],
      nullable: true,
      description: 'How columns are carried over; null: all of them, as the source has them.',
      resolve: (stream) => fromStoredStream(stream).fields,
    }),
    schemaChanges: t.field({
      type: SchemaChanges,
      description: 'What is done when the source’s columns are not those of the last run.',
      resolve: (stream) => fromStoredStream(stream).schemaChanges,
    }),
    controlTotals: t.stringList({
      nullable: true,
      description: 'Source columns whose sums are compared on both sides, with the number of rows; null: no comparison.',
      resolve: (stream) => fromStoredStream(stream).controlTotals,
    }),
    destinationTable: t.exposeString('destinationTable', { description: 'The table it fills; no other stream does.' }),
    destinationSchema: t.string({
      description: 'Schema of the destination that holds the table.',
      resolve: (_stream, _args, { destinationSchema }) => destinationSchema,
    }),
    duplicates: t.expose('duplicates', { type: DuplicatePolicy, description: 'What becomes of rows that share a primary key.' }),
    chunking: t.field({
      type: Chunking,
      nullable: true,
      description: 'null: it is read in one go, so that all rows show the same moment.',
      resolve: (stream) => {
        const { chunkRows } = fromStoredStream(stream)
        return chunkRows === null ? null : { rows: chunkRows === 'AUTO' ? null : chunkRows }
      },
    }),
    parallel: t.exposeInt('parallel', {
      nullable: true,
      description: 'Sessions of the source that read at once; null: as many as pay for the size of the stream, up to four.',
    }),
    rejectLimit: t.exposeInt('rejectLimit', { description: 'Rejected rows that a run tolerates.' }),
  }),
})
