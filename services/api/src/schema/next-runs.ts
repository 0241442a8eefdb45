/** When a schedule would fire, before a connector has it. */

import { scheduleSchema } from '../input/connector-parts.ts'
import { parse } from '../input/parse.ts'
import { builder } from './builder.ts'
import { ScheduleInput } from './connector-input.ts'
import { nextRuns, previewSchema } from './schedule.ts'

builder.queryField('nextRuns', (t) =>
  t.field({
    type: ['DateTime'],
    description: 'The due times of a schedule that no connector has yet, without jitter: to look at while it is written.',
    args: {
      schedule: t.arg({ type: ScheduleInput, required: true, description: 'The schedule. What is wrong with it is told by its fields.' }),
      first: t.arg.int({ description: 'How many; 5 by default, 50 at most.' }),
    },
    resolve: (_root, { schedule, first }) =>
      nextRuns({ ...parse(scheduleSchema, schedule, ['schedule']), offsetSeconds: 0 }, parse(previewSchema, { first }).first ?? 5),
  }),
)
