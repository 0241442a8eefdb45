/** Has a test sent through a channel, and waits for what becomes of it. */

import { setTimeout as wait } from 'node:timers/promises'
import type { PrismaClient } from '@aiia/prisma/client'
import { abandonTest, requestTest } from '@aiia/store/notification-deliveries'
import { listSchedulers } from '@aiia/store/schedulers'
import { actorOf } from '../auth/viewer.ts'
import { builder } from './builder.ts'
import { parseId } from './ids.ts'

type Outcome = { ok: boolean; outcome: string }

const NotificationTest = builder.objectRef<Outcome>('NotificationTest').implement({
  description: 'How a test of a channel went.',
  fields: (t) => ({
    ok: t.exposeBoolean('ok', { description: 'Whether the receiver took it.' }),
    outcome: t.exposeString('outcome', { description: 'What it answered, or why it did not, in words.' }),
  }),
})

/** Longer than an attempt that is under way and this one may take together. */
const patienceMs = 25_000
const lookEveryMs = 150

builder.mutationField('testNotificationChannel', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: NotificationTest,
    description: 'Has a scheduler send a test through a channel, paused or not, once, and tells what the receiver answered.',
    args: { id: t.arg.id({ required: true, description: 'The channel.' }) },
    resolve: async (_root, args, { prisma, actor, viewer, messaging }): Promise<Outcome> => {
      const id = await requestTest({ prisma, actor }, { channelId: parseId('NotificationChannel', args.id), by: actorOf(viewer) })
      await messaging.feed.publish('notification', { id })
      if (!(await listSchedulers({ prisma })).some(({ online }) => online)) {
        return abandoned(
          prisma,
          id,
          'No scheduler is online, and schedulers send notifications. Start one, see under System that it is online, then try again.',
        )
      }
      const deadline = Date.now() + patienceMs
      while (Date.now() < deadline) {
        const delivery = await prisma.notificationDelivery.findUnique({ where: { id }, select: { state: true, outcome: true } })
        if (delivery !== null && delivery.state !== 'PENDING') return told(delivery)
        await wait(lookEveryMs)
      }
      return abandoned(prisma, id, 'No scheduler sent the test in time. See under System whether they are online.')
    },
  }),
)

const abandoned = async (prisma: PrismaClient, id: string, outcome: string): Promise<Outcome> =>
  told((await abandonTest({ prisma }, { id, outcome })) ?? { state: 'FAILED', outcome })

const told = ({ state, outcome }: { state: string; outcome: string | null }): Outcome => ({
  ok: state === 'DELIVERED',
  outcome: outcome ?? '',
})
