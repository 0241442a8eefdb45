/** The channels of notifications, in the settings, and what is asked before one changes or is tried. */

import type { DeliveredEvent, NotificationChannelKind } from '@/graphql/generated/graphql.ts'

export const title = 'Notifications'
export const newChannel = 'New channel'
export const noMailServer = 'No mail server is set'
export const noMailServerHint = 'Email channels cannot send. Give the scheduler SMTP_URL and SMTP_FROM, and start it again.'
export const emptyTitle = 'Nobody is told yet'
export const emptyHint =
  'A channel tells you when a run fails, and when the connector works again: with the cause, what to do and a link to the run. ' +
  'Delivery is repeated until the receiver takes it, for about 18 hours.'

/** Names the table. */
export const channels = 'Channels'
export const channel = 'Channel'
export const tellsOf = 'Tells of'
export const state = 'State'
export const lastNotification = 'Last notification'
export const actions = 'Actions'

export const kindNames: Record<NotificationChannelKind, string> = { WEBHOOK: 'Webhook', SLACK: 'Slack', EMAIL: 'Email' }
/** Such as "Webhook, hooks.example.com, signed" */
export const kindAndTarget = (kind: string, target: string, signed: boolean) => `${kind}, ${target}${signed ? ', signed' : ''}`
export const eventNames: Record<DeliveredEvent, string> = {
  RUN_FAILED: 'Run failed',
  RUN_RECOVERED: 'Run recovered',
  SCHEDULE_MISSED: 'Schedule missed',
  TEST: 'Test',
}
export const allConnectors = 'all connectors'
export const noConnectorAnyMore = 'no connector any more'
/** @param count two or more */
export const someConnectors = (count: number) => `${count} connectors`
export const paused = 'Paused'
export const failing = 'Failing'
export const active = 'Active'
export const sending = 'Sending'
export const toBeSent = (count: number) => `${count} to be sent`
/** In place of the last notification. */
export const noneYet = 'none yet'

export const actionsFor = (name: string) => `Actions for ${name}`
export const sendTest = 'Send test'
export const deliveries = 'Deliveries'
export const edit = 'Edit'
export const pause = 'Pause'
export const resume = 'Resume'
export const deleteChannel = 'Delete'

export const testTitle = (name: string) => `Test of ${name}`
export const testHint = (target: string) => `One message goes to ${target}.`
export const sendAgain = 'Send again'
export const notSent = 'Not sent'
export const taken = 'It was taken'
export const notTaken = 'It was not taken'
export const sendingTest = 'Sending …'
export const sendingTestHint = 'The answer is shown here.'

export const pauseQuestion = (name: string) => `Pause ${name}?`
/** @param waiting notifications that are not sent yet */
export const pauseHint = (waiting: number) =>
  `Nothing is sent through it until somebody resumes it${waiting > 0 ? ', and what waits now is given up' : ''}. What happens meanwhile is not told later.`
export const isPaused = (name: string) => `${name} is paused`
export const resumeQuestion = (name: string) => `Resume ${name}?`
export const resumeHint = 'It tells of what happens from now on.'
export const isResumed = (name: string) => `${name} tells again`

export const deleteQuestion = (name: string) => `Delete ${name}?`
export const deleteHint = (target: string) =>
  `${target} is told nothing more, and the list of what was sent there goes too. This cannot be undone.`
export const isDeleted = (name: string) => `${name} is deleted`
