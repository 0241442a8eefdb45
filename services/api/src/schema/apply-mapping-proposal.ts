/** Takes over the mapping that a failed run proposes, and does the run again. */

import { applyMappingProposal } from '@aiia/store/apply-proposal'
import { actorOf } from '../auth/viewer.ts'
import { dispatchRun } from '../dispatch-run.ts'
import { builder } from './builder.ts'
import { parseId } from './ids.ts'

builder.mutationField('applyMappingProposal', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).prismaField({
    type: 'JobRun',
    description:
      'Gives the stream the mapping of `Failure.proposal`, and queues a new run. CONFLICT where the stream was changed since, or while the connector has a run that goes on.',
    args: { jobRunId: t.arg.id({ required: true, description: 'The run whose failure has the proposal.' }) },
    resolve: async (query, _root, { jobRunId }, context) => {
      const { prisma, viewer, actor } = context
      const run = await applyMappingProposal(
        { prisma, actor },
        { runId: parseId('JobRun', jobRunId, 'jobRunId'), requestedBy: actorOf(viewer) },
      )
      dispatchRun(context, run)
      return prisma.jobRun.findUniqueOrThrow({ ...query, where: { id: run.id } })
    },
  }),
)
