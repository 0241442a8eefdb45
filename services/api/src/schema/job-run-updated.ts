/** Runs, live. */

import { badInput, notFound } from '../errors.ts'
import type { Interest } from '../live/live-run.ts'
import { builder } from './builder.ts'
import { parseId } from './ids.ts'

builder.subscriptionField('jobRunUpdated', (t) =>
  t.withAuth({ role: 'VIEWER' }).prismaField({
    type: 'JobRun',
    description:
      'The first event is the state as it stands. With `id` one run, with `connectorId` the runs of one connector, with neither all runs: these begin with what is active and what is newest.',
    args: {
      id: t.arg.id({ description: 'One run.' }),
      connectorId: t.arg.id({ description: 'The runs of one connector.' }),
    },
    subscribe: async (_root, args, { prisma, hub, subscriptions, viewer }) => {
      const interest = interestOf(args)
      if (interest !== 'all' && 'runId' in interest && (await prisma.jobRun.count({ where: { id: interest.runId } })) === 0) {
        throw notFound('There is no such run.')
      }
      if (
        interest !== 'all' &&
        'connectorId' in interest &&
        (await prisma.connector.count({ where: { id: interest.connectorId } })) === 0
      ) {
        throw notFound('There is no such connector.')
      }
      return subscriptions.start(viewer, () => hub.watch(interest))
    },
    // Read once by the hub, with all that its own fields need; see live/live-run.ts.
    resolve: (_query, run) => run as never,
  }),
)

const interestOf = ({ id, connectorId }: { id?: string | null | undefined; connectorId?: string | null | undefined }): Interest => {
  if (id != null && connectorId != null) throw badInput({ connectorId: 'Give either "id" or "connectorId", or neither.' })
  if (id != null) return { runId: parseId('JobRun', id) }
  return connectorId != null ? { connectorId: parseId('Connector', connectorId, 'connectorId') } : 'all'
}
