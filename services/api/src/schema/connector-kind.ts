/** The kinds of source there are, with what a form needs to ask for them. */

import { connectorKinds, type ConnectorKind as Kind } from '@aiia/connectors/kinds'
import { z } from 'zod'
import { builder } from './builder.ts'

const jsonSchema = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' })

const incremental = builder.enumType('IncrementalReading', {
  description: 'How sources of a kind tell what is new.',
  values: {
    CURSOR: { value: 'CURSOR', description: 'By a column that grows with every change.' },
    FILES: { value: 'FILES', description: 'By files that were not read yet.' },
  } as const,
})

const KindCapabilities = builder.objectRef<Kind['capabilities']>('KindCapabilities').implement({
  description: 'What streams of a kind can do.',
  fields: (t) => ({
    sql: t.exposeBoolean('sql', { description: 'Custom SQL beside tables.' }),
    incremental: t.expose('incremental', {
      type: incremental,
      nullable: true,
      description: 'How they tell what is new; null: each run reads everything.',
    }),
    chunks: t.exposeBoolean('chunks', { description: 'Large tables can be read chunk by chunk.' }),
    parallel: t.exposeBoolean('parallel', { description: 'Several sessions can read one table at the same moment of it.' }),
    controlTotals: t.exposeBoolean('controlTotals', { description: 'The source can compute sums to compare with.' }),
  }),
})

const ConnectorKind = builder.objectRef<Kind>('ConnectorKind').implement({
  description: 'A kind of source, such as PostgreSQL.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'Its name, as `CreateConnectorInput.kind` takes it.' }),
    label: t.exposeString('label', { description: 'Its name for people.' }),
    description: t.exposeString('description', { description: 'What it reads.' }),
    settingsSchema: t.field({
      type: 'JSON',
      description: 'JSON Schema (draft 2020-12) of the settings; `title`, `description`, `default`, `examples` serve the form.',
      resolve: ({ settings }) => jsonSchema(settings),
    }),
    credentialsSchema: t.field({
      type: 'JSON',
      description: 'JSON Schema of the credentials; secret fields carry `"format": "password"` and `"writeOnly": true`.',
      resolve: ({ credentials }) => jsonSchema(credentials),
    }),
    streamSourceSchema: t.field({
      type: 'JSON',
      description: 'JSON Schema of `StreamInput.source`: what a stream of this kind may read.',
      resolve: ({ streamSource }) => jsonSchema(streamSource),
    }),
    capabilities: t.expose('capabilities', { type: KindCapabilities, description: 'What its streams can do.' }),
    verified: t.exposeBoolean('verified', { description: 'False where the kind was not verified against a live server.' }),
  }),
})

builder.queryField('connectorKinds', (t) =>
  t.field({ type: [ConnectorKind], description: 'The kinds that a connector can be of.', resolve: () => [...connectorKinds] }),
)
