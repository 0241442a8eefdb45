/** One stream of a connector. */

import { builder } from './builder.ts'
import { SyncMode } from './enums.ts'

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
    rejectLimit: t.exposeInt('rejectLimit', { description: 'Rejected rows that a run tolerates.' }),
  }),
})
