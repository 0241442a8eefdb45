/** Channels of notifications are made, changed and deleted. */

import type { ChannelEvent, ChannelKind } from '@aiia/core/notifications/channel'
import type { Prisma, TransactionClient } from '@aiia/prisma/client'
import { note } from './audit.ts'
import type { StoreContext } from './context.ts'
import { ChannelNameTakenError, ChannelNotFoundError } from './errors.ts'
import { isUniqueViolation } from './request-run.ts'

/** The address of a webhook, sealed, and what is shown of it. */
type SealedUrl = { sealed: Uint8Array; shown: string }

export type NewChannel = {
  id: string
  name: string
  kind: ChannelKind
  url: SealedUrl | null
  secretSealed: Uint8Array | null
  recipients: string[]
  events: ChannelEvent[]
  /** null: all, and those to come. */
  connectorIds: string[] | null
  enabled: boolean
  createdBy: string
}

/** What is omitted stays. */
export type ChannelChange = { id: string } & Partial<Omit<NewChannel, 'id' | 'kind' | 'createdBy'>>

type Channel = Prisma.NotificationChannelGetPayload<object>

/** @throws ChannelNameTakenError */
export const createChannel = async ({ prisma, actor }: StoreContext, channel: NewChannel): Promise<Channel> =>
  namedOnce(() =>
    prisma.$transaction(async (transaction) => {
      const { id, name, kind, createdBy, events } = channel
      const created = await transaction.notificationChannel.create({
        data: { id, name, kind, createdBy, recipients: [], events: [], connectorIds: [], ...columns(channel) },
      })
      await note(transaction, actor, { action: 'CHANNEL_CREATED', subject: { kind: 'CHANNEL', id, name }, details: { kind, events } })
      return created
    }),
  )

/**
 * What waits to be sent goes to where the channel points now; of a channel that is paused it is given up.
 *
 * @throws ChannelNotFoundError, ChannelNameTakenError
 */
export const updateChannel = async ({ prisma, actor }: StoreContext, change: ChannelChange): Promise<Channel> =>
  namedOnce(() =>
    prisma.$transaction(async (transaction) => {
      const before = await lockChannel(transaction, change.id)
      const after = await transaction.notificationChannel.update({ where: { id: change.id }, data: columns(change) })
      if (!after.enabled) await giveUp(transaction, change.id)
      await note(transaction, actor, {
        action: 'CHANNEL_UPDATED',
        subject: { kind: 'CHANNEL', id: after.id, name: after.name },
        details: { changed: changedColumns(before, after) },
      })
      return after
    }),
  )

/** It goes with what was delivered to it. @throws ChannelNotFoundError */
export const deleteChannel = async ({ prisma, actor }: StoreContext, { id }: { id: string }): Promise<void> =>
  prisma.$transaction(async (transaction) => {
    const { name } = await lockChannel(transaction, id)
    await transaction.notificationChannel.delete({ where: { id } })
    await note(transaction, actor, { action: 'CHANNEL_DELETED', subject: { kind: 'CHANNEL', id, name } })
  })

const lockChannel = async (transaction: TransactionClient, id: string): Promise<Channel> => {
  await transaction.$queryRaw`SELECT FROM platform.notification_channels WHERE id = ${id} FOR UPDATE`
  const channel = await transaction.notificationChannel.findUnique({ where: { id } })
  if (channel === null) throw new ChannelNotFoundError('There is no such channel.')
  return channel
}

const giveUp = (transaction: TransactionClient, channelId: string): Promise<number> =>
  transaction.$executeRaw`
    UPDATE platform.notification_deliveries SET state = 'FAILED', settled_at = now(), outcome = 'The channel was paused.'
    WHERE channel_id = ${channelId} AND state = 'PENDING' AND event <> 'TEST'`

const columns = ({ name, url, secretSealed, recipients, events, connectorIds, enabled }: Omit<ChannelChange, 'id'>) => ({
  ...(name !== undefined && { name }),
  ...(url !== undefined && { urlSealed: url && Uint8Array.from(url.sealed), urlShown: url && url.shown }),
  ...(secretSealed !== undefined && { secretSealed: secretSealed && Uint8Array.from(secretSealed) }),
  ...(recipients !== undefined && { recipients }),
  ...(events !== undefined && { events }),
  ...(connectorIds !== undefined && { allConnectors: connectorIds === null, connectorIds: connectorIds ?? [] }),
  ...(enabled !== undefined && { enabled }),
})

/** As the audit log names them: never their values. */
const parts: Readonly<Record<string, (keyof Channel)[]>> = {
  name: ['name'],
  url: ['urlSealed'],
  secret: ['secretSealed'],
  recipients: ['recipients'],
  events: ['events'],
  connectors: ['allConnectors', 'connectorIds'],
  enabled: ['enabled'],
}

const changedColumns = (before: Channel, after: Channel): string[] =>
  Object.keys(parts).filter((part) => parts[part]?.some((column) => JSON.stringify(before[column]) !== JSON.stringify(after[column])))

const namedOnce = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new ChannelNameTakenError('The name is taken.')
  }
}
