/** Changes a source. A run that goes on keeps the configuration that it started with. */

import { updateConnector } from '@aiia/store/connectors'
import { ownRetentionOf, readRetentionDefault } from '@aiia/store/retention-default'
import { notFound } from '../errors.ts'
import { parseConnectorChange } from '../input/connector.ts'
import { builder } from './builder.ts'
import { UpdateConnectorInput } from './connector-input.ts'
import { parseId } from './ids.ts'
import { storedKind } from './kinds.ts'

builder.mutationField('updateConnector', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).prismaField({
    type: 'Connector',
    description: 'Changes a source; what the input omits stays.',
    args: {
      id: t.arg.id({ required: true, description: 'The connector.' }),
      input: t.arg({ type: UpdateConnectorInput, required: true, description: 'What changes.' }),
    },
    resolve: async (query, _root, args, { prisma, actor, secretBox }) => {
      const id = parseId('Connector', args.id)
      const before = await prisma.connector.findFirst({ where: { id, deletedAt: null } })
      if (before === null) throw notFound('There is no such connector.')
      const { credentials, ...change } = parseConnectorChange(
        storedKind(before.kind),
        {
          settings: before.settings,
          limits: before,
          retention: { own: ownRetentionOf(before), platform: (await readRetentionDefault({ prisma })).retention },
          hasCredentials: before.credentialsSealed !== null,
        },
        args.input,
      )
      await updateConnector(
        { prisma, actor },
        {
          id,
          ...change,
          ...(credentials !== undefined && {
            credentialsSealed: credentials === null ? null : secretBox.seal(credentials, `connector:${id}`),
          }),
        },
      )
      return prisma.connector.findUniqueOrThrow({ ...query, where: { id } })
    },
  }),
)
