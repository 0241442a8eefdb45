/** The kinds of source there are, with what a form needs to ask for them. */

import { connectorKinds, type ConnectorKind as Kind } from '@aiia/connectors/kinds'
import { z } from 'zod'
import { builder } from './builder.ts'

const jsonSchema = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' })

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
    verified: t.exposeBoolean('verified', { description: 'False where the kind was not verified against a live server.' }),
  }),
})

builder.queryField('connectorKinds', (t) =>
  t.field({ type: [ConnectorKind], description: 'The kinds that a connector can be of.', resolve: () => [...connectorKinds] }),
)
