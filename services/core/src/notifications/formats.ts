/** A notification in the forms that receivers take. */

import type { Message } from './message.ts'
import type { Notification } from './notification.ts'

/** `RUN_FAILED` → `run.failed` */
const typeOf = (event: Notification['event']): string => event.toLowerCase().replace('_', '.')

/** The body of a webhook: what happened, for programs, and `text` for people. */
export const webhookBody = (notification: Notification, message: Message, createdAt: Date): string => {
  const { event, ...data } = notification
  return JSON.stringify({
    type: typeOf(event),
    timestamp: createdAt.toISOString(),
    text: message.title,
    url: message.link.url,
    data,
  })
}

/** As Slack's incoming webhooks take it, and those of Mattermost, Rocket.Chat and Discord (`/slack`). */
export const slackBody = ({ title, facts, link }: Message): string => {
  const lines = facts.map(({ label, text }) => `*${escapeSlack(label)}:* ${escapeSlack(text)}`)
  return JSON.stringify({ text: [`*${escapeSlack(title)}*`, ...lines, `<${link.url}|${escapeSlack(link.label)}>`].join('\n') })
}

/** The three characters that Slack gives a meaning. */
const escapeSlack = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Plain text, which every mail client shows and none blocks. */
export const emailOf = ({ title, facts, link }: Message): { subject: string; text: string } => ({
  subject: title,
  text: [title, ...facts.map(({ label, text }) => `${label}: ${text}`), `${link.label}: ${link.url}`].join('\n\n'),
})
