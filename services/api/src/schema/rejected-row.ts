/** A source row that failed validation. */

import { builder } from './builder.ts'

builder.prismaObject('RejectedRow', {
  description: 'One source row that failed validation, and why.',
  fields: (t) => ({
    stream: t.exposeString('stream', { description: 'The stream it came with.' }),
    position: t.expose('position', { type: 'Long', nullable: true, description: 'Place of the row in the extract, from 1, where known.' }),
    place: t.exposeString('place', {
      nullable: true,
      description: 'Where it stands at the source, such as `in/2026-11.csv, line 17`; null where its position says it all.',
    }),
    key: t.exposeString('key', { nullable: true, description: 'Its primary key.' }),
    column: t.exposeString('column', { description: 'The column that failed.' }),
    rawValue: t.exposeString('rawValue', { nullable: true, description: 'The value as the source gave it.' }),
    rule: t.exposeString('rule', { description: 'What the value should have been.' }),
    row: t.expose('row', {
      type: 'JSON',
      nullable: true,
      description: 'The whole row as texts by column, which can be replayed; null where it was not kept.',
    }),
  }),
})
