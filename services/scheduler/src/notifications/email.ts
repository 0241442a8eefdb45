/** Sends a notification by email. */

import { emailOf } from '@aiia/core/notifications/formats'
import type { Message } from '@aiia/core/notifications/message'
import type { Attempted, DueNotification } from '@aiia/store/notification-deliveries'
import { createTransport } from 'nodemailer'
import { networkProblem } from './words.ts'

export type MailServer = { url: string; from: string }

export type SendEmail = (notification: DueNotification, message: Message) => Promise<Attempted>

/** @param server undefined: none was set, and every attempt says so */
export const createEmail = (server: MailServer | undefined, { timeoutMs }: { timeoutMs: number }): SendEmail => {
  if (server === undefined) {
    const outcome = 'No mail server is set: give the scheduler SMTP_URL and SMTP_FROM, and start it again.'
    return async () => ({ delivered: false, outcome })
  }
  const { host } = new URL(server.url)
  const limits = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs }
  const transport = createTransport({ url: server.url, ...limits }, { from: server.from })
  return async ({ id, channel }, message) => {
    try {
      const { accepted, rejected, response } = await transport.sendMail({
        to: channel.recipients,
        // The same with every attempt: servers and clients show it once.
        messageId: `<${id}@aiia-data-refresh>`,
        headers: { 'auto-submitted': 'auto-generated' },
        ...emailOf(message),
      })
      const refused = rejected.length === 0 ? '' : `; refused: ${rejected.map(String).join(', ')}`
      return { delivered: true, outcome: `${host} took it for ${accepted.map(String).join(', ')}${refused}: ${response}`.slice(0, 500) }
    } catch (error) {
      return { delivered: false, outcome: mailProblem(error, host, timeoutMs) }
    }
  }
}

const mailProblem = (error: unknown, host: string, timeoutMs: number): string => {
  // What the server itself says, such as `535 5.7.8 Authentication failed`.
  if (error instanceof Error && 'response' in error && typeof error.response === 'string') return `${host}: ${error.response}`.slice(0, 500)
  return networkProblem(error, host, timeoutMs)
}
