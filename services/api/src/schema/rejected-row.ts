/** A source row that failed validation. */

import { builder } from './builder.ts'

builder.prismaObject('RejectedRow', {
  description: 'One source row that failed validation, and why.',
  fields: (t) => ({
    stream: t.exposeString('stream', { description: 'The stream it came with.' }),
    position: t.expose('position', { type: 'Long', nullable: true, description: 'Place of the row in the extract, from 1, where known.' }),
    key: t.exposeString('key', { nullable: true, description: 'Its primary key.' }),
    column: t.exposeString('column', { description: 'The column that failed.' }),
    rawValue: t.exposeString('rawValue', { nullable: true, description: 'The value as the source gave it.' }),
    rule: t.exposeString('rule', { description: 'What the value should have been.' }),
  }),
})
