/** The form of a channel of notifications. */

import type { NotificationChannelKind, NotificationEvent } from '@/graphql/generated/graphql.ts'

export const newTitle = 'New channel'
export const editTitle = (name: string) => `Edit ${name}`

export const kind = 'Kind'
export const kindHints: Record<NotificationChannelKind, string> = {
  WEBHOOK: 'Signed JSON to an address of yours: PagerDuty, Opsgenie, n8n, your own code.',
  SLACK: 'A text to an incoming webhook of Slack, Mattermost, Rocket.Chat or Discord.',
  EMAIL: 'Plain text to people or a distribution list.',
}
export const noMailServer = 'No mail server is set'
export const noMailServerHint = 'Give the scheduler SMTP_URL and SMTP_FROM, and start it again; until then nothing is sent.'
export const nameExample = 'On call'

export const recipients = 'Recipients'
export const recipientsHint = 'One address a line.'
export const recipientsExample = 'on-call@example.com'
/** Of a webhook. */
export const address = 'Address'
export const addressHint = 'Sealed like a password: only its host is shown again.'
/** @param host of the address that is kept */
export const addressKeptHint = (host: string) => `Leave it empty to keep the one at ${host}`

export const sign = 'Sign each request, so that the receiver can tell it from others'
export const secret = 'Secret'
export const secretHint =
  'Give it to the receiver now: it cannot be read again. Checked as Standard Webhooks says, by the header webhook-signature.'
export const secretKeptHint = 'Leave it empty to keep the one there is. It cannot be read again.'
export const secretMissing = 'Enter the secret that the receiver checks with, or generate one.'
export const generate = 'Generate'

export const tellsOf = 'Tells of'
export const eventHints: Record<NotificationEvent, string> = {
  RUN_FAILED: 'A run ended as Failed or Error, after its last attempt.',
  RUN_RECOVERED: 'The first run that completes after one that failed.',
  SCHEDULE_MISSED: 'A scheduled run was skipped, or starts late after a downtime.',
}
export const allConnectors = 'Of all connectors, and those to come'
export const connectors = 'Connectors'
export const noConnectors = 'There are no connectors yet.'

export const add = 'Add channel'
export const isAdded = (name: string) => `${name} is added. Send a test to see that it arrives.`
export const isSaved = (name: string) => `${name} is saved`
