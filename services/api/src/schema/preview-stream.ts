/** The first rows of a stream, and what its mapping would make of them. */

import type { StreamPreview as Preview, PreviewRow as Row } from '@aiia/core/sync/preview'
import { sourceFailed } from '../errors.ts'
import { parseConnection } from '../input/connection-input.ts'
import { parse } from '../input/parse.ts'
import { streamSchema } from '../input/stream.ts'
import { askThroughWorker } from '../source-question.ts'
import { builder } from './builder.ts'
import { ConnectionInput, StreamInput } from './connector-input.ts'
import { connectorToAsk } from './connector-to-ask.ts'

const PreviewColumn = builder.objectRef<Preview['after'][number]>('PreviewColumn').implement({
  description: 'A column of the destination.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    type: t.exposeString('type', { description: 'Its Postgres type.' }),
  }),
})

const PreviewRejection = builder.objectRef<NonNullable<Row['rejected']>>('PreviewRejection').implement({
  description: 'Why a row would be rejected.',
  fields: (t) => ({
    column: t.exposeString('column', { description: 'The column that fails.' }),
    rule: t.exposeString('rule', { description: 'What the value should have been.' }),
  }),
})

const texts = { list: true, items: true } as const

const PreviewRow = builder.objectRef<Row>('PreviewRow').implement({
  description: 'One row, before and after. Long values are shown by their beginning.',
  fields: (t) => ({
    before: t.field({
      type: ['String'],
      nullable: { ...texts, list: false },
      description: 'Values of the source as texts, in the order of its columns; null: NULL.',
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: ['String'],
      nullable: texts,
      description: 'Values of the destination as it prints them; null for a row that would be rejected.',
      resolve: ({ after }) => after,
    }),
    rejected: t.expose('rejected', { type: PreviewRejection, nullable: true, description: 'Why it would be rejected.' }),
  }),
})

const StreamPreview = builder.objectRef<Preview>('StreamPreview').implement({
  description: 'A dry run of a stream’s mapping over its first rows. Nothing of it is stored.',
  fields: (t) => ({
    before: t.exposeStringList('before', { description: 'Columns of the source.' }),
    after: t.expose('after', { type: [PreviewColumn], description: 'Columns of the destination.' }),
    rows: t.expose('rows', { type: [PreviewRow], description: 'The first rows, 20 at most.' }),
  }),
})

builder.mutationField('previewStream', (t) =>
  t.withAuth({ role: 'OPERATOR' }).field({
    type: StreamPreview,
    description: 'Has a worker read the first rows of a stream, and shows what its mapping makes of them.',
    args: {
      connectorId: t.arg.id({ description: 'A connector.' }),
      input: t.arg({ type: ConnectionInput, description: 'What differs from the connector, or the whole connection.' }),
      stream: t.arg({ type: StreamInput, required: true, description: 'The stream as it is to be.' }),
    },
    resolve: async (_root, { connectorId, input, stream }, context) => {
      const connection = parseConnection(context, await connectorToAsk(context, connectorId, 'connectorId'), input ?? {})
      const asked = parse(streamSchema(connection.kind), stream, ['stream'])
      const answer = await askThroughWorker(context, { question: 'PREVIEW', stream: asked, ...connection })
      if (!answer.ok) throw sourceFailed(answer.failure)
      if (!('preview' in answer)) throw new Error('a preview was answered with something else')
      return answer.preview
    },
  }),
)
