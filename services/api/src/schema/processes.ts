/** The processes that the platform consists of, by their heartbeats. */

import type { SchedulerStatus as SchedulerShape } from '@aiia/store/schedulers'
import type { WorkerStatus as WorkerShape } from '@aiia/store/workers'
import { builder } from './builder.ts'

export const WorkerStatus = builder.objectRef<WorkerShape>('WorkerStatus').implement({
  description: 'A worker process, by its own heartbeat.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its name.' }),
    host: t.exposeString('host', { description: 'Machine it runs on.' }),
    pid: t.exposeInt('pid', { description: 'Its process id there.' }),
    version: t.exposeString('version', { description: 'Its release.' }),
    slots: t.exposeInt('slots', { description: 'Runs it executes at once.' }),
    busy: t.exposeInt('busy', { description: 'Runs it executes now.' }),
    runs: t.prismaField({
      type: ['JobRun'],
      description: 'The runs it holds now, the oldest first.',
      resolve: (query, { id, slots }, _args, { prisma }) =>
        prisma.jobRun.findMany({ ...query, where: { status: 'RUNNING', leaseOwner: id }, orderBy: { number: 'asc' }, take: slots }),
    }),
    runsPerSourceHost: t.exposeInt('runsPerSourceHost', {
      nullable: true,
      description: 'Runs that it lets read from one server at once, over all workers; null: any number.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it started.' }),
    seenAt: t.expose('seenAt', { type: 'DateTime', description: 'Its last heartbeat.' }),
    online: t.exposeBoolean('online', { description: 'Whether its heartbeat is fresh.' }),
  }),
})

export const SchedulerStatus = builder.objectRef<SchedulerShape>('SchedulerStatus').implement({
  description: 'A scheduler process, by its own heartbeat. None leads: of several, each may do any duty.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its name.' }),
    host: t.exposeString('host', { description: 'Machine it runs on.' }),
    pid: t.exposeInt('pid', { description: 'Its process id there.' }),
    version: t.exposeString('version', { description: 'Its release.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it started.' }),
    seenAt: t.expose('seenAt', { type: 'DateTime', description: 'Its last heartbeat.' }),
    online: t.exposeBoolean('online', { description: 'Whether its heartbeat is fresh.' }),
  }),
})
