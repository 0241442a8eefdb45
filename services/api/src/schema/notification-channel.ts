/** A channel of notifications, and what became of what was sent through it. */

import {
  channelEvents,
  channelKinds,
  type DeliveryState as DeliveryStateName,
  deliveryStates,
  type ChannelEvent as EventName,
  type ChannelKind as KindName,
  type NotificationEvent as NotificationName,
  notificationEvents,
} from '@aiia/core/notifications/channel'
import type { Notification } from '@aiia/core/notifications/notification'
import { z } from 'zod'
import { parse } from '../input/parse.ts'
import { range } from '../input/ranges.ts'
import { builder } from './builder.ts'
import { describe } from './enums.ts'
import { toGlobalId } from './ids.ts'

const kindValues = describe<KindName>(channelKinds, {
  WEBHOOK: 'JSON is posted to an address, signed where there is a secret.',
  SLACK: 'A text is posted to an incoming webhook of Slack, or of what takes the same: Mattermost, Rocket.Chat, Discord.',
  EMAIL: 'Plain text is sent by the mail server of the platform’s settings.',
})
export const NotificationChannelKind = builder.enumType('NotificationChannelKind', {
  description: 'How a channel tells.',
  values: kindValues,
})

const told = {
  RUN_FAILED: 'A run ended with FAILED or ERROR.',
  RUN_RECOVERED: 'A run completed, and the one before it had failed.',
  SCHEDULE_MISSED: 'A scheduled run was skipped, or starts more than a minute late because the platform was down or paused.',
} as const
export const NotificationEvent = builder.enumType('NotificationEvent', {
  description: 'What a channel can be told of.',
  values: describe<EventName>(channelEvents, told),
})

const DeliveredEvent = builder.enumType('DeliveredEvent', {
  description: 'What a notification tells.',
  values: describe<NotificationName>(notificationEvents, { ...told, TEST: 'Somebody tests the channel.' }),
})

const stateValues = describe<DeliveryStateName>(deliveryStates, {
  PENDING: 'It is about to be sent, or will be tried again.',
  DELIVERED: 'The receiver took it.',
  FAILED: 'It was given up.',
})
const DeliveryState = builder.enumType('DeliveryState', { description: 'Where a notification is.', values: stateValues })

const runOf = (content: unknown): { number: number } | null => {
  const notification = content as Notification
  return 'run' in notification ? notification.run : null
}

const NotificationDelivery = builder.prismaObject('NotificationDelivery', {
  description: 'One notification for one channel.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'What the receiver is given as `webhook-id`, with every attempt the same.' }),
    event: t.field({ type: DeliveredEvent, description: 'What it tells.', resolve: ({ event }) => event as NotificationName }),
    connectorName: t.string({
      nullable: true,
      description: 'Of which connector, as it was called then.',
      resolve: ({ content }) => {
        const notification = content as unknown as Notification
        return 'connector' in notification ? notification.connector.name : null
      },
    }),
    runNumber: t.int({ nullable: true, description: 'Of which run.', resolve: ({ content }) => runOf(content)?.number ?? null }),
    state: t.field({ type: DeliveryState, description: 'Where it is.', resolve: ({ state }) => state as DeliveryStateName }),
    attempts: t.exposeInt('attempts', { description: 'Attempts so far.' }),
    outcome: t.exposeString('outcome', { nullable: true, description: 'What the last attempt came to, in words; null before it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it happened.' }),
    settledAt: t.expose('settledAt', { type: 'DateTime', nullable: true, description: 'When it was delivered or given up.' }),
    nextAttemptAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried again; null once it is settled.',
      resolve: ({ state, dueAt }) => (state === 'PENDING' ? dueAt : null),
    }),
  }),
})

const deliveriesSchema = z.object({ first: range(1, 100, 'deliveries').nullish() })

export const NotificationChannel = builder.prismaObject('NotificationChannel', {
  description: 'Whom the platform tells of what happens.',
  fields: (t) => ({
    id: t.id({ description: 'Globally unique and opaque.', resolve: ({ id }) => toGlobalId('NotificationChannel', id) }),
    name: t.exposeString('name', { description: 'Unique among channels, whatever its case.' }),
    kind: t.field({ type: NotificationChannelKind, description: 'How it tells.', resolve: ({ kind }) => kind as KindName }),
    target: t.string({
      description: 'Where it goes: the host of a webhook, whose whole address is never told again, or the recipients.',
      resolve: ({ urlShown, recipients }) => urlShown ?? recipients.join(', '),
    }),
    recipients: t.exposeStringList('recipients', { description: 'Addresses of an email channel.' }),
    signed: t.boolean({
      description: 'Whether requests are signed. The secret can be set, never read.',
      resolve: ({ secretSealed }) => secretSealed !== null,
    }),
    events: t.field({ type: [NotificationEvent], description: 'What it is told of.', resolve: ({ events }) => events as EventName[] }),
    allConnectors: t.exposeBoolean('allConnectors', { description: 'Whether it is told of all connectors, and those to come.' }),
    connectors: t.prismaField({
      type: ['Connector'],
      description: 'Otherwise, of which.',
      resolve: (query, { connectorIds }, _args, { prisma }) =>
        connectorIds.length === 0
          ? []
          : prisma.connector.findMany({ ...query, where: { id: { in: connectorIds }, deletedAt: null }, orderBy: { name: 'asc' } }),
    }),
    enabled: t.exposeBoolean('enabled', { description: 'false: it is paused, and nothing is sent.' }),
    createdBy: t.exposeString('createdBy', { description: 'Who made it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    deliveries: t.relation('deliveries', {
      description: 'What was sent through it in the last 30 days, or is to be, newest first.',
      args: { first: t.arg.int({ defaultValue: 20, description: 'How many, 100 at most.' }) },
      query: (args) => ({ take: parse(deliveriesSchema, args).first ?? 20, orderBy: { createdAt: 'desc' } }),
    }),
    lastSettled: t.field({
      type: NotificationDelivery,
      nullable: true,
      description: 'The newest one of which is known what became of it.',
      select: { deliveries: { where: { state: { not: 'PENDING' } }, orderBy: { settledAt: 'desc' }, take: 1 } },
      resolve: ({ deliveries }) => deliveries[0] ?? null,
    }),
    waiting: t.int({
      description: 'Notifications that are about to be sent or tried again.',
      select: { _count: { select: { deliveries: { where: { state: 'PENDING' } } } } },
      resolve: ({ _count }) => _count.deliveries,
    }),
  }),
})
