/** Finding connectors. */

import type { PrismaClient } from '@aiia/prisma/client'
import { badInput } from '../errors.ts'
import { builder } from './builder.ts'
import { ConnectorFilter, matchingConnectors } from './connector-filter.ts'
import { parseId } from './ids.ts'

builder.queryField('connector', (t) =>
  t.prismaField({
    type: 'Connector',
    nullable: true,
    description: 'A connector by its id, deleted ones included, or by its name; null when there is none.',
    args: {
      id: t.arg.id({ description: 'Its id.' }),
      name: t.arg.string({ description: 'Its name, whatever its case.' }),
    },
    resolve: async (query, _root, { id, name }, { prisma }) => {
      if ((id == null) === (name == null)) throw badInput({ id: 'Give either "id" or "name".' })
      const found = id != null ? parseId('Connector', id) : await idNamed(prisma, name ?? '')
      return found === undefined ? null : prisma.connector.findUnique({ ...query, where: { id: found } })
    },
  }),
)

/** By the expression that the unique index holds. */
const idNamed = async (prisma: PrismaClient, name: string): Promise<string | undefined> => {
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "platform"."connectors" WHERE lower("name") = lower(${name}) AND "deleted_at" IS NULL`
  return rows[0]?.id
}

builder.queryField('connectors', (t) =>
  t.prismaConnection(
    {
      type: 'Connector',
      cursor: 'id',
      description: 'The connectors, by name.',
      args: {
        search: t.arg.string({ description: 'Only those with this text in their name, whatever its case.' }),
        filter: t.arg({ type: ConnectorFilter, description: 'Which connectors.' }),
      },
      resolve: async (query, _root, wanted, { prisma }) =>
        prisma.connector.findMany({
          ...query,
          where: await matchingConnectors(prisma, wanted),
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
        }),
    },
    {
      fields: (c) => ({
        totalCount: c.int({
          description: 'Connectors on all pages.',
          resolve: async ({ args }, _args, { prisma }) => prisma.connector.count({ where: await matchingConnectors(prisma, args) }),
        }),
      }),
    },
  ),
)
