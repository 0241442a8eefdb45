/** Whether the platform is well. */

import type { PrismaClient } from '@aiia/prisma/client'
import { type Maintenance, maintenanceNow } from '@aiia/store/maintenance'
import { listWorkers } from '@aiia/store/workers'
import { version } from '../version.ts'
import { builder } from './builder.ts'

type WorkerShape = Awaited<ReturnType<typeof listWorkers>>[number]

const WorkerStatus = builder.objectRef<WorkerShape>('WorkerStatus').implement({
  description: 'A worker process, by its own heartbeat.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its name.' }),
    host: t.exposeString('host', { description: 'Machine it runs on.' }),
    pid: t.exposeInt('pid', { description: 'Its process id there.' }),
    version: t.exposeString('version', { description: 'Its release.' }),
    slots: t.exposeInt('slots', { description: 'Runs it executes at once.' }),
    busy: t.exposeInt('busy', { description: 'Runs it executes now.' }),
    runsPerSourceHost: t.exposeInt('runsPerSourceHost', {
      nullable: true,
      description: 'Runs that it lets read from one server at once, over all workers; null: any number.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it started.' }),
    seenAt: t.expose('seenAt', { type: 'DateTime', description: 'Its last heartbeat.' }),
    online: t.exposeBoolean('online', { description: 'Whether its heartbeat is fresh.' }),
  }),
})

export const SystemStatus = builder.objectRef<{ workers: WorkerShape[]; maintenance: Maintenance | null }>('SystemStatus').implement({
  description: 'Whether the platform is well.',
  fields: (t) => ({
    mode: t.string({
      description: '`embedded` (Postgres carries data, queue and feed) or `redis`.',
      resolve: (_status, _args, { messaging }) => (messaging.backend === 'postgres' ? 'embedded' : 'redis'),
    }),
    version: t.string({ description: 'Release of the API.', resolve: () => version }),
    workers: t.field({ type: [WorkerStatus], description: 'The workers.', resolve: ({ workers }) => workers }),
    slots: t.int({ description: 'Runs that the workers online can execute at once.', resolve: ({ workers }) => sum(workers, 'slots') }),
    busySlots: t.int({ description: 'Runs that they execute now.', resolve: ({ workers }) => sum(workers, 'busy') }),
    queueDepth: t.int({
      description: 'Runs that wait for a worker.',
      resolve: (_status, _args, { prisma }) => prisma.jobRun.count({ where: { status: 'PENDING' } }),
    }),
    oldestPendingAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when the run waits that waits longest.',
      resolve: async (_status, _args, { prisma }) =>
        (await prisma.jobRun.findFirst({ where: { status: 'PENDING' }, orderBy: { number: 'asc' }, select: { queuedAt: true } }))
          ?.queuedAt ?? null,
    }),
    databaseVersion: t.string({
      description: 'Release of the platform’s Postgres.',
      resolve: (_status, _args, { prisma }) => databaseVersion(prisma),
    }),
    redisVersion: t.string({
      nullable: true,
      description: 'Release of Redis; null in the mode `embedded`.',
      resolve: (_status, _args, { messaging }) => messaging.version(),
    }),
  }),
})

const sum = (workers: WorkerShape[], name: 'slots' | 'busy'): number =>
  workers.filter(({ online }) => online).reduce((total, worker) => total + worker[name], 0)

const databaseVersion = async (prisma: PrismaClient): Promise<string> => {
  const [row] = await prisma.$queryRaw<{ server_version: string }[]>`SHOW server_version`
  return row?.server_version ?? ''
}

builder.queryField('system', (t) =>
  t.field({
    type: SystemStatus,
    description: 'Workers, queue, versions and mode.',
    resolve: (_root, _args, { prisma }) => readSystem({ prisma }),
  }),
)

export const readSystem = async ({ prisma }: { prisma: PrismaClient }) => {
  const [workers, maintenance] = await Promise.all([listWorkers({ prisma }), maintenanceNow({ prisma })])
  return { workers, maintenance }
}
