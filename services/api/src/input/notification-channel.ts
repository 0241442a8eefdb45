/** A channel of notifications as clients give it. */

import { type ChannelKind, channelEvents, channelKinds } from '@aiia/core/notifications/channel'
import { z } from 'zod'
import { badInput } from '../errors.ts'
import { nameSchema } from './connector-parts.ts'
import { parse } from './parse.ts'

const url = z
  .string()
  .trim()
  .max(2_000, 'An address has at most 2,000 characters.')
  .refine((text) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol), {
    message: 'The address of a webhook begins with https:// or http://, such as https://hooks.example.com/aiia.',
  })

const secret = z
  .string()
  .trim()
  .min(16, 'A secret has at least 16 characters; leave this out for requests that are not signed.')
  .max(200, 'A secret has at most 200 characters.')

const recipients = z
  .array(z.string().trim().pipe(z.email('This is not an email address such as ada@example.com.')))
  .min(1, 'Name at least one address.')
  .max(50, 'A channel has at most 50 addresses; use a distribution list for more.')

const parts = {
  name: nameSchema,
  url,
  secret,
  recipients,
  events: z.array(z.enum(channelEvents)).min(1, 'Choose what the channel is told of.'),
  connectorIds: z
    .array(z.string())
    .min(1, 'Choose a connector, or all of them.')
    .max(1_000, 'Choose at most 1,000 connectors, or all of them.'),
  enabled: z.boolean(),
}

const newSchema = z.object({
  name: parts.name,
  kind: z.enum(channelKinds),
  url: url.nullish(),
  secret: secret.nullish(),
  recipients: recipients.nullish(),
  events: parts.events,
  connectorIds: parts.connectorIds.nullish(),
  enabled: parts.enabled.nullish(),
})

export type ChannelParts = {
  name: string
  kind: ChannelKind
  url: string | null
  secret: string | null
  recipients: string[]
  events: z.output<typeof parts.events>
  connectorIds: string[] | null
  enabled: boolean
}

/** @throws BAD_USER_INPUT */
export const parseNewChannel = (input: unknown): ChannelParts => {
  const { kind, url, secret, recipients, connectorIds, enabled, events, ...rest } = parse(newSchema, input)
  refuseForeign(kind, { url, secret, recipients })
  if (kind === 'EMAIL' && recipients == null) throw badInput({ recipients: 'Name at least one address.' })
  if (kind !== 'EMAIL' && url == null) throw badInput({ url: 'A webhook needs an address.' })
  return {
    ...rest,
    kind,
    url: url ?? null,
    secret: secret ?? null,
    recipients: recipients ?? [],
    events: [...new Set(events)],
    connectorIds: connectorIds ?? null,
    enabled: enabled ?? true,
  }
}

const changeSchema = z.object({
  name: parts.name.nullish(),
  url: url.nullish(),
  secret: secret.nullish(),
  recipients: recipients.nullish(),
  events: parts.events.nullish(),
  connectorIds: parts.connectorIds.nullish(),
  enabled: parts.enabled.nullish(),
})

/** What is omitted stays. `secret: null` takes the secret away, `connectorIds: null` means all. */
export type ChannelChange = Partial<Omit<ChannelParts, 'kind' | 'url'>> & { url?: string }

/** @throws BAD_USER_INPUT */
export const parseChannelChange = (kind: ChannelKind, input: unknown): ChannelChange => {
  const { name, url, secret, recipients, events, connectorIds, enabled } = parse(changeSchema, input)
  refuseForeign(kind, { url, secret, recipients })
  return {
    ...(name != null && { name }),
    ...(url != null && { url }),
    ...(secret !== undefined && { secret }),
    ...(recipients != null && { recipients }),
    ...(events != null && { events: [...new Set(events)] }),
    ...(connectorIds !== undefined && { connectorIds }),
    ...(enabled != null && { enabled }),
  }
}

/** What belongs to another kind would have no effect: better said than ignored. */
const refuseForeign = (kind: ChannelKind, { url, secret, recipients }: { url?: unknown; secret?: unknown; recipients?: unknown }): void => {
  const problems = {
    ...(kind === 'EMAIL' && url != null && { url: 'An email channel has recipients, no address of a webhook.' }),
    ...(kind !== 'EMAIL' && recipients != null && { recipients: 'A webhook has an address, no recipients.' }),
    ...(kind !== 'WEBHOOK' && secret != null && { secret: 'Only a webhook is signed.' }),
  }
  if (Object.keys(problems).length > 0) throw badInput(problems)
}
