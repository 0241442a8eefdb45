/** One step of a run's attempt. */

import { builder } from './builder.ts'

export const JobStep = builder.prismaObject('JobStep', {
  description: 'One step of a run, per stream where it applies.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'CONNECT, DISCOVER, EXTRACT, VALIDATE, MATCH or COMMIT.' }),
    stream: t.exposeString('stream', { nullable: true, description: 'null for the steps of the whole run.' }),
    status: t.exposeString('status', { description: 'PENDING, RUNNING, COMPLETED, FAILED, CANCELLED or SKIPPED.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it began.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    read: t.expose('read', { type: 'Long', description: 'Rows that went through this step.' }),
    detail: t.exposeString('detail', { nullable: true, description: 'One sentence on what it did.' }),
  }),
})
