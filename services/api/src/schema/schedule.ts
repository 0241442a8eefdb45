/** When a connector runs by itself. */

import { nextSlot } from '@aiia/core/schedule/cron'
import { z } from 'zod'
import { parse } from '../input/parse.ts'
import { builder } from './builder.ts'
import { MissedRunPolicy, OverlapPolicy } from './enums.ts'
import { ScheduleSlot } from './schedule-slot.ts'

export const previewSchema = z.object({ first: z.int().min(1).max(50).nullish() })
const recentSchema = z.object({ first: z.int().min(1).max(100).nullish() })

builder.prismaObject('Schedule', {
  description: 'When a connector runs by itself.',
  fields: (t) => ({
    cron: t.exposeString('cron', { description: 'Five-field CRON text, such as `0 2 * * *`.' }),
    timeZone: t.exposeString('timeZone', { description: 'IANA name of the time zone that the CRON text is read in.' }),
    missedRuns: t.expose('missedRuns', { type: MissedRunPolicy, description: 'What becomes of runs missed while the platform was down.' }),
    nextRuns: t.field({
      type: ['DateTime'],
      description: 'When it fires next: the due times, with this connector’s share of the jitter.',
      args: { first: t.arg.int({ description: 'How many; 5 by default, 50 at most.' }) },
      resolve: (schedule, args) => nextRuns(schedule, parse(previewSchema, args).first ?? 5),
    }),
    overlap: t.expose('overlap', { type: OverlapPolicy, description: 'What becomes of a due time that meets an active run.' }),
    jitterSeconds: t.exposeInt('jitterSeconds', {
      description: 'Up to so many seconds after a due time it fires; always the same for a connector.',
    }),
    recentSlots: t.field({
      type: [ScheduleSlot],
      description: 'What became of the last due times, newest first.',
      args: { first: t.arg.int({ description: 'How many; 10 by default, 100 at most.' }) },
      resolve: ({ connectorId }, args, { prisma }) =>
        prisma.scheduleSlot.findMany({
          where: { connectorId },
          orderBy: { scheduledFor: 'desc' },
          take: parse(recentSchema, args).first ?? 10,
        }),
    }),
  }),
})

type Rhythm = { cron: string; timeZone: string; offsetSeconds: number }

/** The due times after now, each with the schedule's share of the jitter. */
export const nextRuns = ({ cron, timeZone, offsetSeconds }: Rhythm, count: number): Date[] => {
  const runs: Date[] = []
  const offsetMs = offsetSeconds * 1_000
  let after: Date | null = new Date(Date.now() - offsetMs)
  while (runs.length < count) {
    after = nextSlot(cron, timeZone, after)
    if (after === null) break
    runs.push(new Date(after.getTime() + offsetMs))
  }
  return runs
}
