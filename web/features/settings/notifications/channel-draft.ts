/** A channel as its form holds it, and what of it is sent. */

import type {
  ChannelDetailFragment,
  CreateNotificationChannelInput,
  NotificationChannelKind,
  NotificationEvent,
  UpdateNotificationChannelInput,
} from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/notifications-channel.ts'

export type ChannelDraft = {
  name: string
  kind: NotificationChannelKind
  /** Empty for one that is kept: it is never read back. */
  url: string
  signed: boolean
  secret: string
  /** As typed: lines, commas or spaces between the addresses. */
  recipients: string
  events: NotificationEvent[]
  allConnectors: boolean
  connectorIds: string[]
}

export const emptyDraft: ChannelDraft = {
  name: '',
  kind: 'WEBHOOK',
  url: '',
  signed: true,
  secret: '',
  recipients: '',
  events: ['RUN_FAILED', 'RUN_RECOVERED'],
  allConnectors: true,
  connectorIds: [],
}

export const draftOf = ({ name, kind, signed, recipients, events, allConnectors, connectors }: ChannelDetailFragment): ChannelDraft => ({
  name,
  kind,
  url: '',
  signed,
  secret: '',
  recipients: recipients.join('\n'),
  events: [...events],
  allConnectors,
  connectorIds: connectors.map(({ id }) => id),
})

/** By field, in words; what the server alone can tell is not here. */
export const problemsOf = (draft: ChannelDraft, kept: Pick<ChannelDetailFragment, 'signed'> | null): Record<string, string> => ({
  ...(draft.kind === 'WEBHOOK' && draft.signed && draft.secret.trim() === '' && !kept?.signed && { secret: t.secretMissing }),
})

const addressesOf = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== '')

const common = ({ name, events, allConnectors, connectorIds }: ChannelDraft) => ({
  name,
  events,
  connectorIds: allConnectors ? null : connectorIds,
})

export const newChannelOf = (draft: ChannelDraft): CreateNotificationChannelInput => {
  const { kind, url, signed, secret, recipients } = draft
  const given = { ...common(draft), kind }
  if (kind === 'EMAIL') return { ...given, recipients: addressesOf(recipients) }
  return { ...given, url, ...(kind === 'WEBHOOK' && signed && { secret }) }
}

/** An empty address or secret leaves the one there is. */
export const channelChangeOf = (draft: ChannelDraft): UpdateNotificationChannelInput => {
  const { kind, url, signed, secret, recipients } = draft
  if (kind === 'EMAIL') return { ...common(draft), recipients: addressesOf(recipients) }
  return {
    ...common(draft),
    ...(url.trim() !== '' && { url }),
    ...(kind === 'WEBHOOK' && (signed ? secret.trim() !== '' && { secret } : { secret: null })),
  }
}

/** As the Standard Webhooks specification has it: 32 bytes in base64, behind a prefix. */
export const generateSecret = (): string => `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`
