/** Channels of notifications: listed, made, changed and deleted. */

import { randomUUID } from 'node:crypto'
import { createChannel, deleteChannel, updateChannel } from '@aiia/store/notification-channels'
import { listSchedulers } from '@aiia/store/schedulers'
import { actorOf } from '../auth/viewer.ts'
import type { Context } from '../context.ts'
import { badInput, notFound } from '../errors.ts'
import { parseChannelChange, parseNewChannel } from '../input/notification-channel.ts'
import { builder } from './builder.ts'
import { parseId, toGlobalId } from './ids.ts'
import { NotificationChannel, NotificationChannelKind, NotificationEvent } from './notification-channel.ts'

builder.queryFields((t) => ({
  notificationChannels: t.withAuth({ role: 'ADMINISTRATOR' }).prismaField({
    type: [NotificationChannel],
    description: 'The channels of notifications, by name.',
    resolve: (query, _root, _args, { prisma }) => prisma.notificationChannel.findMany({ ...query, orderBy: { name: 'asc' } }),
  }),
  sendsEmail: t.withAuth({ role: 'ADMINISTRATOR' }).boolean({
    description: 'Whether a scheduler that is online was given a mail server: SMTP_URL and SMTP_FROM.',
    resolve: async (_root, _args, { prisma }) => (await listSchedulers({ prisma })).some(({ online, sendsEmail }) => online && sendsEmail),
  }),
}))

const CreateNotificationChannelInput = builder.inputType('CreateNotificationChannelInput', {
  description: 'A new channel.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is called; 100 characters at most.' }),
    kind: t.field({ type: NotificationChannelKind, required: true, description: 'How it tells.' }),
    url: t.string({ description: 'Of a webhook: where to post, http or https. It is sealed, and never told again.' }),
    secret: t.string({
      description:
        'Of a WEBHOOK: signs each request as the Standard Webhooks specification says; 16 to 200 characters. One that begins with `whsec_` is base64, any other is taken as it is. Sealed, and never told again.',
    }),
    recipients: t.stringList({ description: 'Of an EMAIL: the addresses.' }),
    events: t.field({ type: [NotificationEvent], required: true, description: 'What it is told of.' }),
    connectorIds: t.idList({ description: 'Of which connectors; omitted: of all, and those to come.' }),
    enabled: t.boolean({ description: 'false: it is paused; true by default.' }),
  }),
})

const UpdateNotificationChannelInput = builder.inputType('UpdateNotificationChannelInput', {
  description: 'What changes; what is omitted stays.',
  fields: (t) => ({
    name: t.string({ description: 'A new name.' }),
    url: t.string({ description: 'A new address.' }),
    secret: t.string({ description: 'A new secret; null: requests are no longer signed.' }),
    recipients: t.stringList({ description: 'The whole list of addresses.' }),
    events: t.field({ type: [NotificationEvent], description: 'The whole list of what it is told of.' }),
    connectorIds: t.idList({ description: 'The whole list of connectors; null: all.' }),
    enabled: t.boolean({ description: 'false: it is paused, and what waits is given up.' }),
  }),
})

builder.mutationFields((t) => ({
  createNotificationChannel: t.withAuth({ role: 'ADMINISTRATOR' }).prismaField({
    type: NotificationChannel,
    description: 'Adds a channel of notifications. Its address and secret are sealed at once.',
    args: { input: t.arg({ type: CreateNotificationChannelInput, required: true, description: 'The channel.' }) },
    resolve: async (query, _root, { input }, context) => {
      const { prisma, actor, viewer } = context
      const { url, secret, connectorIds, ...channel } = parseNewChannel(input)
      const id = randomUUID()
      const connectors = connectorIds && (await existing(context, connectorIds))
      await createChannel(
        { prisma, actor },
        {
          ...channel,
          id,
          createdBy: actorOf(viewer),
          connectorIds: connectors,
          url: url === null ? null : sealUrl(context, id, url),
          secretSealed: secret === null ? null : sealSecret(context, id, secret),
        },
      )
      return prisma.notificationChannel.findUniqueOrThrow({ ...query, where: { id } })
    },
  }),
  updateNotificationChannel: t.withAuth({ role: 'ADMINISTRATOR' }).prismaField({
    type: NotificationChannel,
    description: 'Changes a channel; what the input omits stays.',
    args: {
      id: t.arg.id({ required: true, description: 'The channel.' }),
      input: t.arg({ type: UpdateNotificationChannelInput, required: true, description: 'What changes.' }),
    },
    resolve: async (query, _root, args, context) => {
      const { prisma, actor } = context
      const id = parseId('NotificationChannel', args.id)
      const before = await prisma.notificationChannel.findUnique({ where: { id }, select: { kind: true } })
      if (before === null) throw notFound('There is no such channel.')
      const { url, secret, connectorIds, ...change } = parseChannelChange(
        before.kind as typeof NotificationChannelKind.$inferType,
        args.input,
      )
      await updateChannel(
        { prisma, actor },
        {
          ...change,
          id,
          ...(connectorIds !== undefined && { connectorIds: connectorIds && (await existing(context, connectorIds)) }),
          ...(url !== undefined && { url: sealUrl(context, id, url) }),
          ...(secret !== undefined && { secretSealed: secret === null ? null : sealSecret(context, id, secret) }),
        },
      )
      return prisma.notificationChannel.findUniqueOrThrow({ ...query, where: { id } })
    },
  }),
  deleteNotificationChannel: t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: 'ID',
    description: 'Takes a channel away, with what was sent through it.',
    args: { id: t.arg.id({ required: true, description: 'The channel.' }) },
    resolve: async (_root, args, { prisma, actor }) => {
      const id = parseId('NotificationChannel', args.id)
      await deleteChannel({ prisma, actor }, { id })
      return toGlobalId('NotificationChannel', id)
    },
  }),
}))

const sealUrl = ({ secretBox }: Context, id: string, url: string) => ({
  sealed: secretBox.seal(url, `channel-url:${id}`),
  // Paths of webhooks are often secrets.
  shown: `${new URL(url).origin}/…`,
})

const sealSecret = ({ secretBox }: Context, id: string, secret: string): Uint8Array => secretBox.seal(secret, `channel-secret:${id}`)

/** @throws BAD_USER_INPUT for one that there is not */
const existing = async ({ prisma }: Context, globalIds: readonly string[]): Promise<string[]> => {
  const ids = [...new Set(globalIds.map((id) => parseId('Connector', id, 'connectorIds')))]
  const found = await prisma.connector.count({ where: { id: { in: ids }, deletedAt: null } })
  if (found < ids.length) throw badInput({ connectorIds: 'One of these connectors does not exist any more. Choose again.' })
  return ids
}
