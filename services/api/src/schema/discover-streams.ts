/** What a source offers to read. */

import type { DiscoveredStream as Discovered, SourceColumn } from '@aiia/core/sync/source'
import { sourceFailed } from '../errors.ts'
import { parseConnection } from '../input/connection-input.ts'
import { askThroughWorker } from '../source-question.ts'
import { builder } from './builder.ts'
import { ConnectionInput } from './connector-input.ts'
import { connectorToAsk } from './connector-to-ask.ts'

const DiscoveredColumn = builder.objectRef<SourceColumn>('DiscoveredColumn').implement({
  description: 'One column of what a source offers.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name at the source.' }),
    sourceType: t.exposeString('sourceType', { description: 'Its type as the source calls it.' }),
    type: t.exposeString('type', { description: 'Postgres type of the destination column.' }),
    nullable: t.exposeBoolean('nullable', { description: 'Whether it can be empty.' }),
  }),
})

const DiscoveredStream = builder.objectRef<Discovered>('DiscoveredStream').implement({
  description: 'Something at the source that could become a stream.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'A name for the stream.' }),
    source: t.expose('source', { type: 'JSON', description: 'What to put into `StreamInput.source`.' }),
    columns: t.field({ type: [DiscoveredColumn], description: 'Its columns, in order.', resolve: ({ columns }) => columns }),
    primaryKey: t.exposeStringList('primaryKey', { description: 'Its primary key; empty when it has none.' }),
    expectedRows: t.expose('expectedRows', {
      type: 'Long',
      nullable: true,
      description: 'How many rows it has, as far as the source can tell.',
    }),
  }),
})

builder.mutationField('discoverStreams', (t) =>
  t.withAuth({ role: 'OPERATOR' }).field({
    type: [DiscoveredStream],
    description: 'Has a worker look what a source offers: that of a connector, or one that is not saved yet.',
    args: {
      id: t.arg.id({ description: 'A connector.' }),
      input: t.arg({ type: ConnectionInput, description: 'What differs from the connector, or the whole connection.' }),
    },
    resolve: async (_root, { id, input }, context) => {
      const connection = parseConnection(context, await connectorToAsk(context, id), input ?? {})
      const answer = await askThroughWorker(context, { question: 'DISCOVER', ...connection })
      if (!answer.ok) throw sourceFailed(answer.failure)
      if (!('streams' in answer)) throw new Error('a discovery was answered with something else')
      return answer.streams
    },
  }),
)
