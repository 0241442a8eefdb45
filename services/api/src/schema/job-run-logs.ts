/** A run's log, live. */

import { z } from 'zod'
import { notFound } from '../errors.ts'
import { parse } from '../input/parse.ts'
import { followLog } from '../live/log-tail.ts'
import { builder } from './builder.ts'
import { parseId } from './ids.ts'
import { LogBatch } from './log-page.ts'

const schema = z.object({ afterSeq: z.int().min(0).nullish() })

builder.subscriptionField('jobRunLogs', (t) =>
  t.withAuth({ role: 'VIEWER' }).field({
    type: LogBatch,
    description: 'Every line after `afterSeq` once, in order; ends when the run has ended and all is sent.',
    args: {
      id: t.arg.id({ required: true, description: 'The run.' }),
      afterSeq: t.arg.int({ description: 'The last line that is known already; 0 by default.' }),
    },
    subscribe: async (_root, { id, ...args }, { prisma, hub, logPages, subscriptions, viewer }) => {
      const runId = parseId('JobRun', id)
      const { afterSeq } = parse(schema, args)
      if ((await prisma.jobRun.count({ where: { id: runId } })) === 0) throw notFound('There is no such run.')
      return subscriptions.start(viewer, () => followLog({ hub, logPages }, runId, afterSeq ?? 0))
    },
    resolve: (batch) => batch,
  }),
)
