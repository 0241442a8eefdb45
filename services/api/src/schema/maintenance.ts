/** Pauses the whole platform, and lets it go on. */

import { pausePlatform, resumePlatform, type Maintenance as Shape } from '@aiia/store/maintenance'
import { z } from 'zod'
import { actorOf } from '../auth/viewer.ts'
import { parse } from '../input/parse.ts'
import { builder } from './builder.ts'
import { readSystem, SystemStatus } from './system.ts'

const pauseSchema = z.object({ reason: z.string().trim().max(500).nullish() })

builder.mutationField('pausePlatform', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: SystemStatus,
    description:
      'Pauses the platform for maintenance: no run starts and no schedule fires; runs under way go on, and runs that are asked for wait.',
    args: { reason: t.arg.string({ description: 'Shown to everybody meanwhile; 500 characters at most.' }) },
    resolve: async (_root, args, context) => {
      const { prisma, viewer, actor } = context
      await pausePlatform({ prisma, actor }, { by: actorOf(viewer), reason: parse(pauseSchema, args).reason ?? '' })
      return readSystem(context)
    },
  }),
)

builder.mutationField('resumePlatform', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: SystemStatus,
    description: 'Ends the maintenance: waiting runs start within seconds, missed runs follow the policy of their schedule.',
    resolve: async (_root, _args, context) => {
      const { prisma, actor } = context
      await resumePlatform({ prisma, actor })
      return readSystem(context)
    },
  }),
)

const Maintenance = builder.objectRef<Shape>('Maintenance').implement({
  description: 'That the platform is paused.',
  fields: (t) => ({
    since: t.expose('since', { type: 'DateTime', description: 'When it was paused.' }),
    by: t.exposeString('by', { description: 'Who paused it.' }),
    reason: t.exposeString('reason', { description: 'Why, in their words; may be empty.' }),
  }),
})

builder.objectField(SystemStatus, 'maintenance', (t) =>
  t.field({
    type: Maintenance,
    nullable: true,
    description: 'Since when the platform is paused; null while it works.',
    resolve: ({ maintenance }) => maintenance,
  }),
)
