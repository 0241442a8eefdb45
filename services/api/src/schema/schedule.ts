/** When a connector runs by itself. */

import { nextSlot } from '@aiia/core/schedule/cron'
import { z } from 'zod'
import { parse } from '../input/parse.ts'
import { builder } from './builder.ts'
import { MissedRunPolicy } from './enums.ts'

const previewSchema = z.object({ first: z.int().min(1).max(50).nullish() })

builder.prismaObject('Schedule', {
  description: 'When a connector runs by itself.',
  fields: (t) => ({
    cron: t.exposeString('cron', { description: 'Five-field CRON text, such as `0 2 * * *`.' }),
    timeZone: t.exposeString('timeZone', { description: 'IANA name of the time zone that the CRON text is read in.' }),
    missedRuns: t.expose('missedRuns', { type: MissedRunPolicy, description: 'What becomes of runs missed while the platform was down.' }),
    nextRuns: t.field({
      type: ['DateTime'],
      description: 'The next due times.',
      args: { first: t.arg.int({ description: 'How many; 5 by default, 50 at most.' }) },
      resolve: ({ cron, timeZone }, args) => nextSlots(cron, timeZone, parse(previewSchema, args).first ?? 5),
    }),
  }),
})

const nextSlots = (cron: string, timeZone: string, count: number): Date[] => {
  const slots: Date[] = []
  let after: Date | null = new Date()
  while (slots.length < count) {
    after = nextSlot(cron, timeZone, after)
    if (after === null) break
    slots.push(after)
  }
  return slots
}
