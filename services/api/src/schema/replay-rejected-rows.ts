/** Reads again what a run rejected, and nothing else. */

import { replayRejectedRows } from '@aiia/store/replay-run'
import { actorOf } from '../auth/viewer.ts'
import { dispatchRun } from '../dispatch-run.ts'
import { builder } from './builder.ts'
import { parseId } from './ids.ts'

builder.mutationField('replayRejectedRows', (t) =>
  t.withAuth({ role: 'OPERATOR' }).prismaField({
    type: 'JobRun',
    description:
      'Queues a run of the rows that another run rejected, with the connector as it is now: of the streams that run has committed, as far as the rows were kept whole. CONFLICT where there is nothing to replay, or while the connector has a run that goes on.',
    args: { jobRunId: t.arg.id({ required: true, description: 'The run that rejected the rows.' }) },
    resolve: async (query, _root, { jobRunId }, context) => {
      const { prisma, viewer, actor } = context
      const run = await replayRejectedRows(
        { prisma, actor },
        { runId: parseId('JobRun', jobRunId, 'jobRunId'), requestedBy: actorOf(viewer) },
      )
      dispatchRun(context, run)
      return prisma.jobRun.findUniqueOrThrow({ ...query, where: { id: run.id } })
    },
  }),
)
