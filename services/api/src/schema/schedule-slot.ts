/** One due time of a schedule, and what became of it. */

import { builder } from './builder.ts'

const ScheduleSlotOutcome = builder.enumType('ScheduleSlotOutcome', {
  description: 'What became of a due time.',
  values: {
    RUN: { value: 'RUN', description: 'It made a run.' },
    WAITING: { value: 'WAITING', description: 'It runs as soon as the connector’s active run has ended.' },
    SKIPPED: { value: 'SKIPPED', description: 'It made none; `reason` says why.' },
  } as const,
})

export const ScheduleSlot = builder.prismaObject('ScheduleSlot', {
  description: 'One due time of a schedule. Each fires exactly once.',
  fields: (t) => ({
    scheduledFor: t.expose('scheduledFor', { type: 'DateTime', description: 'The time by the CRON text.' }),
    firedAt: t.expose('firedAt', { type: 'DateTime', description: 'When the scheduler took it.' }),
    outcome: t.field({
      type: ScheduleSlotOutcome,
      description: 'What became of it.',
      resolve: ({ runId, reason }) => (runId === null ? (reason === null ? 'WAITING' : 'SKIPPED') : 'RUN'),
    }),
    run: t.prismaField({
      type: 'JobRun',
      nullable: true,
      description: 'The run that it made; null where it made none, or where the run is no longer kept.',
      resolve: (query, { runId }, _args, { prisma }) =>
        runId === null ? null : prisma.jobRun.findUnique({ ...query, where: { id: runId } }),
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it made no run.' }),
  }),
})
