/** What can be chosen in the form of a channel; apart from what the table says, since the form is loaded later. */

import * as notificationsTexts from '@/texts/notifications.ts'
import * as t from '@/texts/notifications-channel.ts'

export const kindCards = (['WEBHOOK', 'SLACK', 'EMAIL'] as const).map((value) => ({
  value,
  label: notificationsTexts.kindNames[value],
  description: t.kindHints[value],
}))

export const eventChoices = (['RUN_FAILED', 'RUN_RECOVERED', 'SCHEDULE_MISSED'] as const).map((value) => ({
  value,
  label: notificationsTexts.eventNames[value],
  description: t.eventHints[value],
}))
