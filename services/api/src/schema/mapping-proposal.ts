/** What has changed at a source, and the mapping that would follow it. */

import type { SchemaChange as Change, ColumnType, MappingProposal as Proposal } from '@aiia/core/sync/schema-change'
import { builder } from './builder.ts'
import { describe } from './enums.ts'
import { FieldMapping } from './field-mapping.ts'

const kinds = describe<Change['kind']>(['ADDED', 'REMOVED', 'RENAMED', 'RETYPED', 'NULLABILITY'], {
  ADDED: 'The column is new.',
  REMOVED: 'The column is gone.',
  RENAMED: 'The column has another name, as far as its type, its name and its place tell.',
  RETYPED: 'The column has another type.',
  NULLABILITY: 'The column may be empty now, or no longer.',
})
const SchemaChangeKind = builder.enumType('SchemaChangeKind', { description: 'What happened to a column at the source.', values: kinds })

const typeText = ({ sourceType, nullable }: ColumnType): string => (nullable ? sourceType : `${sourceType} NOT NULL`)

export const SchemaChange = builder.objectRef<Change>('SchemaChange').implement({
  description: 'One difference between the columns of the last commit and those that the source has now.',
  fields: (t) => ({
    kind: t.expose('kind', { type: SchemaChangeKind, description: 'What happened to the column.' }),
    column: t.exposeString('column', { description: 'The column, by its former name where it has another one now.' }),
    to: t.string({
      nullable: true,
      description: 'Its new name, where it was renamed.',
      resolve: (change) => (change.kind === 'RENAMED' ? change.to : null),
    }),
    before: t.string({
      nullable: true,
      description: 'Its type at the last commit, as the source calls it; null where it is new.',
      resolve: (change) => ('before' in change ? typeText(change.before) : null),
    }),
    now: t.string({
      nullable: true,
      description: 'Its type now, as the source calls it; null where it is gone.',
      resolve: (change) => ('now' in change ? typeText(change.now) : null),
    }),
  }),
})

export const MappingProposal = builder.objectRef<Proposal>('MappingProposal').implement({
  description: 'The corrected mapping of one stream; `applyMappingProposal` takes it over.',
  fields: (t) => ({
    stream: t.exposeString('stream', { description: 'The stream, by its name.' }),
    changes: t.expose('changes', { type: [SchemaChange], description: 'What has changed at the source.' }),
    fields: t.expose('fields', { type: [FieldMapping], description: 'The whole mapping as it should be.' }),
  }),
})
