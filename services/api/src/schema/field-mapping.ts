/** How one column of a stream is carried over. */

import type { FieldMapping as Shape } from '@aiia/core/sync/mapping'
import { builder } from './builder.ts'

export const FieldMapping = builder.objectRef<Shape>('FieldMapping').implement({
  description: 'How one column of the destination is filled.',
  fields: (t) => ({
    source: t.exposeString('source', { nullable: true, description: 'Column of the source; null: a constant.' }),
    destination: t.exposeString('destination', { description: 'Column of the destination.' }),
    type: t.exposeString('type', { nullable: true, description: 'Its Postgres type; null: what the source proposes.' }),
    nullable: t.exposeBoolean('nullable', {
      nullable: true,
      description: 'false: a row without a value is rejected; null: as at the source.',
    }),
    default: t.exposeString('default', { nullable: true, description: 'Taken where the source has no value.' }),
    transform: t.expose('transforms', {
      type: 'JSON',
      description: 'What is done to the value, in this order: a list of objects such as `{"kind":"TRIM"}`.',
    }),
  }),
})
