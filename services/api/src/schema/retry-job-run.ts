/** Tries a run again, as a new run that is linked to it. */

import { isFinal } from '@aiia/core/job-run/status'
import type { RunConfiguration } from '@aiia/core/sync/configuration'
import { replayRejectedRows } from '@aiia/store/replay-run'
import { requestRun } from '@aiia/store/request-run'
import { samePart } from '@aiia/store/run-again'
import { actorOf, type Viewer } from '../auth/viewer.ts'
import type { Context } from '../context.ts'
import { dispatchRun } from '../dispatch-run.ts'
import { conflict, notFound } from '../errors.ts'
import { builder } from './builder.ts'
import { parseId, toGlobalId } from './ids.ts'

builder.mutationField('retryJobRun', (t) =>
  t.withAuth({ role: 'OPERATOR' }).prismaField({
    type: 'JobRun',
    description:
      'Queues a new run of the same streams, with the connector as it is now. CONFLICT while the connector has a run that goes on.',
    args: { id: t.arg.id({ required: true, description: 'The run that ended FAILED, ERROR or CANCELLED.' }) },
    resolve: async (query, _root, args, context) => {
      const run = await retry(context, parseId('JobRun', args.id))
      dispatchRun(context, run)
      return context.prisma.jobRun.findUniqueOrThrow({ ...query, where: { id: run.id } })
    },
  }),
)

const retry = async ({ prisma, actor, viewer }: Context & { viewer: Viewer }, runId: string) => {
  const requestedBy = actorOf(viewer)
  const run = await prisma.jobRun.findUnique({
    where: { id: runId },
    include: { connector: { include: { streams: { select: { name: true } } } } },
  })
  if (run === null) throw notFound('There is no such run.')
  const { number, status, connectorId } = run
  const named = { jobRunId: toGlobalId('JobRun', runId), number }
  if (!isFinal(status)) throw conflict(`Run #${number} is ${status}; it can be retried when it has ended.`, named)
  if (status === 'COMPLETED') throw conflict(`Run #${number} has completed; there is nothing to retry. Trigger a new sync instead.`, named)
  const configuration = run.configuration as unknown as RunConfiguration
  if (configuration.replay)
    return replayRejectedRows({ prisma, actor }, { runId: configuration.replay.runId, retryOfId: runId, requestedBy })
  const part = samePart(configuration, run.connector.streams)
  return (await requestRun({ prisma, actor }, { connectorId, ...part, retryOfId: runId, trigger: 'RETRY', requestedBy })).run
}
