/** Takes a source away; its runs stay in the history. */

import { deleteConnector } from '@aiia/store/connectors'
import { builder } from './builder.ts'
import { parseId, toGlobalId } from './ids.ts'

builder.mutationField('deleteConnector', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: 'ID',
    description: 'Takes a source away; its runs stay in the history. CONFLICT while a run of it goes on.',
    args: { id: t.arg.id({ required: true, description: 'The connector.' }) },
    resolve: async (_root, args, { prisma, actor }) => {
      const id = parseId('Connector', args.id)
      await deleteConnector({ prisma, actor }, { id })
      return toGlobalId('Connector', id)
    },
  }),
)
