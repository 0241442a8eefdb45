/** Ends a run. */

import { cancelRun } from '@aiia/store/finish-run'
import { actorOf } from '../auth/viewer.ts'
import { builder } from './builder.ts'
import { parseId } from './ids.ts'

builder.mutationField('cancelJobRun', (t) =>
  t.withAuth({ role: 'OPERATOR' }).prismaField({
    type: 'JobRun',
    description: 'Ends a PENDING or RUNNING run; nothing of it is committed from then on. CONFLICT when it has ended already.',
    args: { id: t.arg.id({ required: true, description: 'The run.' }) },
    resolve: async (query, _root, { id }, { prisma, viewer, actor, messaging, background }) => {
      const { run, notice, wasRunning } = await cancelRun({ prisma, actor }, { runId: parseId('JobRun', id), by: actorOf(viewer) })
      background.run('notice of a cancelled run', async () => {
        // The worker first: the sooner it stops, the less it reads in vain.
        if (wasRunning) await messaging.feed.publish('cancel', { id: run.id })
        await messaging.feed.publish('job-run', notice)
      })
      return prisma.jobRun.findUniqueOrThrow({ ...query, where: { id: run.id } })
    },
  }),
)
