/** Adds a source. */

import { randomUUID } from 'node:crypto'
import { createConnector } from '@aiia/store/connectors'
import { parseNewConnector } from '../input/connector.ts'
import { builder } from './builder.ts'
import { CreateConnectorInput } from './connector-input.ts'
import { kindNamed } from './kinds.ts'

builder.mutationField('createConnector', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).prismaField({
    type: 'Connector',
    description: 'Adds a source. Its credentials are sealed at once.',
    args: { input: t.arg({ type: CreateConnectorInput, required: true, description: 'The connector.' }) },
    resolve: async (query, _root, { input }, { prisma, actor, secretBox }) => {
      const { credentials, ...connector } = parseNewConnector(kindNamed(input.kind), input)
      // Made here, since the seal binds the credentials to it.
      const id = randomUUID()
      await createConnector(
        { prisma, actor },
        { id, ...connector, credentialsSealed: credentials === null ? null : secretBox.seal(credentials, `connector:${id}`) },
      )
      return prisma.connector.findUniqueOrThrow({ ...query, where: { id } })
    },
  }),
)
