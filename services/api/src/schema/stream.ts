/** One stream of a connector. */

import { builder } from './builder.ts'
import { DuplicatePolicy, SyncMode } from './enums.ts'

const Chunking = builder.objectRef<{ rows: number }>('Chunking').implement({
  description: 'How a large table is read in chunks; each is kept as soon as it is read.',
  fields: (t) => ({ rows: t.exposeInt('rows', { description: 'Rows of one chunk.' }) }),
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
      resolve: ({ chunkRows }) => (chunkRows === null ? null : { rows: chunkRows }),
    }),
    rejectLimit: t.exposeInt('rejectLimit', { description: 'Rejected rows that a run tolerates.' }),
  }),
})
