/** Whether the platform is well. */

import { maintenanceNow } from '@aiia/store/maintenance'
import { listSchedulers } from '@aiia/store/schedulers'
import { listWorkers, type WorkerStatus as WorkerShape } from '@aiia/store/workers'
import type { Context } from '../context.ts'
import { version } from '../version.ts'
import { builder } from './builder.ts'
import { describe } from './enums.ts'
import { SchedulerStatus, WorkerStatus } from './processes.ts'
import { databaseStatus, redisStatus } from './server-status.ts'
import { type SystemProblem as ProblemShape, problemsOf, type ServerStatus as ServerShape } from './system-problems.ts'

const ServerStatus = builder.objectRef<ServerShape>('ServerStatus').implement({
  description: 'A server that the platform stands on, as the API sees it.',
  fields: (t) => ({
    reachable: t.exposeBoolean('reachable', { description: 'Whether it answers.' }),
    latencyMs: t.exposeFloat('latencyMs', { nullable: true, description: 'How long an answer took; null where there was none.' }),
    version: t.exposeString('version', { nullable: true, description: 'Its release, where it answered.' }),
  }),
})

const severities = describe(['ERROR', 'WARNING'] as const, {
  ERROR: 'Something does not work.',
  WARNING: 'Something is slower or weaker than it should be.',
})
const ProblemSeverity = builder.enumType('ProblemSeverity', { description: 'How grave a problem is.', values: severities })

const SystemProblem = builder.objectRef<ProblemShape>('SystemProblem').implement({
  description: 'Something that is not well with the platform, and what to do.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable name of this kind of problem, such as NO_WORKER_ONLINE.' }),
    severity: t.expose('severity', { type: ProblemSeverity, description: 'How grave it is.' }),
    title: t.exposeString('title', { description: 'What it is, in one line.' }),
    resolution: t.exposeString('resolution', { description: 'What follows from it, and what to do.' }),
  }),
})

export const SystemStatus = builder.objectRef<System>('SystemStatus').implement({
  description: 'Whether the platform is well.',
  fields: (t) => ({
    mode: t.string({
      description: '`embedded` (Postgres carries data, queue and feed) or `redis`.',
      resolve: (_status, _args, { messaging }) => (messaging.backend === 'postgres' ? 'embedded' : 'redis'),
    }),
    version: t.string({ description: 'Release of the API.', resolve: () => version }),
    problems: t.field({
      type: [SystemProblem],
      description: 'What is not well, the gravest first; empty where all is.',
      resolve: async ({ workers, maintenance, schedulers, database, redis, oldestPending }) =>
        problemsOf({
          version,
          paused: maintenance !== null,
          workers,
          schedulers: await schedulers(),
          database: await database(),
          redis: await redis(),
          oldestPendingMs: waitOf(await oldestPending()),
        }),
    }),
    workers: t.field({ type: [WorkerStatus], description: 'The workers.', resolve: ({ workers }) => workers }),
    schedulers: t.field({ type: [SchedulerStatus], description: 'The schedulers.', resolve: ({ schedulers }) => schedulers() }),
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
      resolve: async ({ oldestPending }) => (await oldestPending())?.queuedAt ?? null,
    }),
    oldestPendingRun: t.prismaField({
      type: 'JobRun',
      nullable: true,
      description: 'The run that waits longest; its `pendingReason` says for what.',
      resolve: async (query, { oldestPending }, _args, { prisma }) => {
        const oldest = await oldestPending()
        return oldest && prisma.jobRun.findFirst({ ...query, where: { id: oldest.id, status: 'PENDING' } })
      },
    }),
    database: t.field({ type: ServerStatus, description: 'The platform’s Postgres.', resolve: ({ database }) => database() }),
    redis: t.field({
      type: ServerStatus,
      nullable: true,
      description: 'Redis; null in the mode `embedded`.',
      resolve: ({ redis }) => redis(),
    }),
    databaseVersion: t.string({
      description: 'Release of the platform’s Postgres.',
      resolve: async ({ database }) => (await database()).version ?? '',
    }),
    redisVersion: t.string({
      nullable: true,
      description: 'Release of Redis; null in the mode `embedded`, and while it does not answer.',
      resolve: async ({ redis }) => (await redis())?.version ?? null,
    }),
  }),
})

const sum = (workers: readonly WorkerShape[], name: 'slots' | 'busy'): number =>
  workers.filter(({ online }) => online).reduce((total, worker) => total + worker[name], 0)

const waitOf = (run: { queuedAt: Date } | null): number | null => (run === null ? null : Date.now() - run.queuedAt.getTime())

builder.queryField('system', (t) =>
  t.field({
    type: SystemStatus,
    description: 'Workers, schedulers, queue, servers, and what is not well.',
    resolve: (_root, _args, context) => readSystem(context),
  }),
)

type System = Awaited<ReturnType<typeof readSystem>>

/** What every page asks for, and, once it is asked for, the rest. */
export const readSystem = async ({ prisma, messaging }: Pick<Context, 'prisma' | 'messaging'>) => {
  const [workers, maintenance] = await Promise.all([listWorkers({ prisma }), maintenanceNow({ prisma })])
  return {
    workers,
    maintenance,
    schedulers: once(() => listSchedulers({ prisma })),
    database: once(() => databaseStatus({ prisma })),
    redis: once(() => redisStatus({ messaging })),
    oldestPending: once(() =>
      prisma.jobRun.findFirst({ where: { status: 'PENDING' }, orderBy: { number: 'asc' }, select: { id: true, queuedAt: true } }),
    ),
  }
}

/** Several fields ask for the same. */
const once = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let loaded: Promise<T> | undefined
  return () => {
    loaded ??= load()
    return loaded
  }
}
