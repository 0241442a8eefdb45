/** Sync Now. */

import { requestRun } from '@aiia/store/request-run'
import { z } from 'zod'
import { actorOf } from '../auth/viewer.ts'
import { dispatchRun } from '../dispatch-run.ts'
import { parse } from '../input/parse.ts'
import { builder } from './builder.ts'
import { parseId } from './ids.ts'

const schema = z.object({
  streams: z.array(z.string()).min(1, 'Name at least one stream, or leave "streams" out for all of them.').nullish(),
  full: z.boolean().nullish(),
  idempotencyKey: z.string().min(1, 'A key has at least one character.').max(200, 'A key has at most 200 characters.').nullish(),
})

builder.mutationField('triggerSync', (t) =>
  t.withAuth({ role: 'OPERATOR' }).prismaField({
    type: 'JobRun',
    description: 'Queues a run of the connector. CONFLICT when one is PENDING or RUNNING already.',
    args: {
      connectorId: t.arg.id({ required: true, description: 'The connector.' }),
      streams: t.arg.stringList({ description: 'Only these streams, by name; omitted: all.' }),
      full: t.arg.boolean({ description: 'Read everything once, whatever the streams’ modes.' }),
      idempotencyKey: t.arg.string({ description: 'The same key on the same connector returns the run that the first call made.' }),
    },
    resolve: async (query, _root, { connectorId, ...args }, context) => {
      const { streams, full, idempotencyKey } = parse(schema, args)
      const { prisma, viewer, actor } = context
      const { run, created } = await requestRun(
        { prisma, actor },
        {
          connectorId: parseId('Connector', connectorId, 'connectorId'),
          trigger: viewer.kind === 'token' ? 'API' : 'MANUAL',
          requestedBy: actorOf(viewer),
          ...(streams && { streams }),
          ...(full && { full }),
          ...(idempotencyKey && { idempotencyKey }),
        },
      )
      if (created) dispatchRun(context, run)
      return prisma.jobRun.findUniqueOrThrow({ ...query, where: { id: run.id } })
    },
  }),
)
