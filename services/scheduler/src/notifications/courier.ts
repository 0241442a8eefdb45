/** Delivers notifications: one at a time for each channel, all channels side by side, so that none waits for another. */

import type { NotificationEvent } from '@aiia/core/notifications/channel'
import { messageOf } from '@aiia/core/notifications/message'
import type { Logger } from '@aiia/kit/logger'
import type { StoreContext } from '@aiia/store/context'
import {
  type Attempted,
  type DueNotification,
  nextNotificationInMs,
  settleNotification,
  takeDueNotifications,
} from '@aiia/store/notification-deliveries'
import type { SendEmail } from './email.ts'
import { sendWebhook, type WebhookSender } from './webhook.ts'

export type CourierContext = StoreContext & {
  log: Logger
  webhooks: WebhookSender
  email: SendEmail
  /** The address that people type. */
  publicUrl: string
}

export type Courier = {
  /** Starts to send what is due. @returns in how many milliseconds to look again */
  turn(): Promise<number>
  /** Waits for what is being sent. */
  close(): Promise<void>
}

/** Another process may have added what is due sooner than we knew. */
const longestNapMs = 2_000
/** What is due may be in the hands of another process for this moment. */
const shortestNapMs = 50

/** A process that ended leaves what it was sending to others; it is as long as no attempt lasts. */
const leaseMs = 60_000

/** @param wake called when a channel is free again */
export const createCourier = (context: CourierContext, wake: () => void): Courier => {
  const underWay = new Map<string, Promise<void>>()
  const begin = (notification: DueNotification): void => {
    const { id } = notification.channel
    const sending = send(context, notification)
      .catch((err: unknown) => context.log.warn({ err, delivery: notification.id }, 'a notification is left for the next attempt'))
      .finally(() => {
        underWay.delete(id)
        wake()
      })
    underWay.set(id, sending)
  }
  return {
    turn: async () => {
      const due = await takeDueNotifications(context, { busy: [...underWay.keys()], leaseMs })
      due.forEach(begin)
      const nextMs = (await nextNotificationInMs(context, { busy: [...underWay.keys()] })) ?? longestNapMs
      return Math.min(longestNapMs, Math.max(shortestNapMs, nextMs))
    },
    close: async () => {
      await Promise.all(underWay.values())
    },
  }
}

const send = async (context: CourierContext, notification: DueNotification): Promise<void> => {
  const { content, channel } = notification
  const attempted = await attempt(context, notification)
  const state = await settleNotification(context, notification, { ...attempted, random: Math.random() })
  const event: NotificationEvent = content.event
  if (!attempted.delivered)
    context.log.warn({ channel: channel.id, event, state, outcome: attempted.outcome }, 'notification not delivered')
}

const attempt = async ({ webhooks, email, publicUrl }: CourierContext, notification: DueNotification): Promise<Attempted> => {
  try {
    const message = messageOf(notification.content, publicUrl)
    return notification.channel.kind === 'EMAIL' ? await email(notification, message) : await sendWebhook(webhooks, notification, message)
  } catch (error) {
    // A secret that does not open, for example: told like any other reason, and tried again.
    return { delivered: false, outcome: error instanceof Error ? error.message : String(error) }
  }
}
