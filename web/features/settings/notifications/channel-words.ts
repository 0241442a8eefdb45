/** What channels, events and outcomes are called. */

import { CircleCheck, CirclePause, CircleX, Clock3, Hash, type LucideIcon, Mail, Webhook } from 'lucide-react'
import type { ChannelDetailFragment, DeliveredEvent, NotificationChannelKind, NotificationEvent } from '@/graphql/generated/graphql.ts'
import type { Tone } from '@/ui/Badge.tsx'

export const kindNames: Record<NotificationChannelKind, string> = { WEBHOOK: 'Webhook', SLACK: 'Slack', EMAIL: 'Email' }
export const kindIcons: Record<NotificationChannelKind, LucideIcon> = { WEBHOOK: Webhook, SLACK: Hash, EMAIL: Mail }

export const kindCards = (
  [
    ['WEBHOOK', 'Signed JSON to an address of yours: PagerDuty, Opsgenie, n8n, your own code.'],
    ['SLACK', 'A text to an incoming webhook of Slack, Mattermost, Rocket.Chat or Discord.'],
    ['EMAIL', 'Plain text to people or a distribution list.'],
  ] as const
).map(([value, description]) => ({ value, label: kindNames[value], description }))

export const eventNames: Record<DeliveredEvent, string> = {
  RUN_FAILED: 'Run failed',
  RUN_RECOVERED: 'Run recovered',
  SCHEDULE_MISSED: 'Schedule missed',
  TEST: 'Test',
}

const eventDescriptions: Record<NotificationEvent, string> = {
  RUN_FAILED: 'A run ended as Failed or Error, after its last attempt.',
  RUN_RECOVERED: 'The first run that completes after one that failed.',
  SCHEDULE_MISSED: 'A scheduled run was skipped, or starts late after a downtime.',
}

export const eventChoices = (['RUN_FAILED', 'RUN_RECOVERED', 'SCHEDULE_MISSED'] as const).map((value) => ({
  value,
  label: eventNames[value],
  description: eventDescriptions[value],
}))

export type ChannelState = { label: string; tone: Tone; icon: LucideIcon; note: string | null }

export const stateOf = ({
  enabled,
  lastSettled,
  waiting,
}: Pick<ChannelDetailFragment, 'enabled' | 'lastSettled' | 'waiting'>): ChannelState => {
  if (!enabled) return { label: 'Paused', tone: 'neutral', icon: CirclePause, note: null }
  const note = waiting === 0 ? null : `${waiting} to be sent`
  if (lastSettled?.state === 'FAILED') return { label: 'Failing', tone: 'failed', icon: CircleX, note }
  return waiting === 0
    ? { label: 'Active', tone: 'completed', icon: CircleCheck, note }
    : { label: 'Sending', tone: 'pending', icon: Clock3, note }
}

export const scopeOf = ({ allConnectors, connectors }: Pick<ChannelDetailFragment, 'allConnectors' | 'connectors'>): string => {
  const [first] = connectors
  if (allConnectors) return 'all connectors'
  if (first === undefined) return 'no connector any more'
  return connectors.length === 1 ? first.name : `${connectors.length} connectors`
}
