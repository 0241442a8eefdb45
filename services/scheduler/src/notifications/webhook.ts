/** Sends a notification to a webhook: signed JSON, or the text that Slack takes. */

import { slackBody, webhookBody } from '@aiia/core/notifications/formats'
import type { Message } from '@aiia/core/notifications/message'
import type { TargetPolicy } from '@aiia/core/sync/source'
import type { SecretBox } from '@aiia/kit/secret-box'
import type { Attempted, DueNotification } from '@aiia/store/notification-deliveries'
import { type Posted, post } from './post.ts'
import { signatureOf } from './signature.ts'
import { networkProblem } from './words.ts'

export type WebhookSender = { secretBox: SecretBox; targets: TargetPolicy; timeoutMs: number }

export const sendWebhook = async (
  { secretBox, targets, timeoutMs }: WebhookSender,
  { id, content, createdAt, channel }: DueNotification,
  message: Message,
): Promise<Attempted> => {
  if (channel.urlSealed === null) throw new Error('a webhook without an address')
  const url = new URL(String(secretBox.open(channel.urlSealed, `channel-url:${channel.id}`)))
  const body = channel.kind === 'SLACK' ? slackBody(message) : webhookBody(content, message, createdAt)
  const seconds = Math.floor(Date.now() / 1_000)
  const secret = channel.secretSealed && String(secretBox.open(channel.secretSealed, `channel-secret:${channel.id}`))
  const headers = {
    // The same with every attempt, so that a receiver can tell that it has seen it.
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    ...(secret !== null && { 'webhook-signature': signatureOf(secret, { id, seconds, body }) }),
  }
  const startedAt = Date.now()
  try {
    return inWords(await post({ url, headers, body }, { targets, timeoutMs }), Date.now() - startedAt)
  } catch (error) {
    return { delivered: false, outcome: networkProblem(error, url.host, timeoutMs) }
  }
}

const inWords = ({ status, headers, text }: Posted, ms: number): Attempted => {
  if (status >= 200 && status < 300) return { delivered: true, outcome: `HTTP ${status} after ${ms} ms` }
  if (status >= 300 && status < 400) {
    return { delivered: false, outcome: `HTTP ${status}: redirects are not followed. Enter the address that this one leads to.` }
  }
  const said = text.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
  const retryAfter = Number(headers['retry-after'])
  return {
    delivered: false,
    outcome: said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`,
    ...(Number.isFinite(retryAfter) && { retryAfterMs: retryAfter * 1_000 }),
  }
}
