/** Makes a source after another one. */

import { randomUUID } from 'node:crypto'
import { SecretBoxError } from '@aiia/kit/secret-box'
import { duplicateConnector } from '@aiia/store/duplicate-connector'
import { z } from 'zod'
import { conflict } from '../errors.ts'
import { nameSchema } from '../input/connector-parts.ts'
import { parse } from '../input/parse.ts'
import { builder } from './builder.ts'
import { parseId } from './ids.ts'

const schema = z.object({ name: nameSchema.nullish() })

builder.mutationField('duplicateConnector', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).prismaField({
    type: 'Connector',
    description:
      'Makes a source after another one: settings, sealed credentials, streams with their mapping, schedule, limits and retention. It is paused, and each stream fills a table of its own, named `…_copy`.',
    args: {
      id: t.arg.id({ required: true, description: 'The connector to copy.' }),
      name: t.arg.string({ description: 'Of the new one; omitted: the name of the other with “(copy)” behind it.' }),
    },
    resolve: async (query, _root, args, { prisma, actor, secretBox }) => {
      const from = parseId('Connector', args.id)
      const { name } = parse(schema, { name: args.name })
      const id = randomUUID()
      const reseal = (credentials: Uint8Array) => {
        try {
          return secretBox.reseal(credentials, `connector:${from}`, `connector:${id}`)
        } catch (error) {
          throw error instanceof SecretBoxError ? conflict(error.message) : error
        }
      }
      await duplicateConnector({ prisma, actor }, { id, from, name: name ?? null, reseal })
      return prisma.connector.findUniqueOrThrow({ ...query, where: { id } })
    },
  }),
)
