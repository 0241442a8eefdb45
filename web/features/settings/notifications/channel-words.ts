/** How channels look and what is said of their state. */

import { CircleCheck, CirclePause, CircleX, Clock3, Hash, type LucideIcon, Mail, Webhook } from 'lucide-react'
import type { ChannelDetailFragment, NotificationChannelKind } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/notifications.ts'
import type { Tone } from '@/ui/Badge.tsx'

export const kindIcons: Record<NotificationChannelKind, LucideIcon> = { WEBHOOK: Webhook, SLACK: Hash, EMAIL: Mail }

export type ChannelState = { label: string; tone: Tone; icon: LucideIcon; note: string | null }

export const stateOf = ({
  enabled,
  lastSettled,
  waiting,
}: Pick<ChannelDetailFragment, 'enabled' | 'lastSettled' | 'waiting'>): ChannelState => {
  if (!enabled) return { label: t.paused, tone: 'neutral', icon: CirclePause, note: null }
  const note = waiting === 0 ? null : t.toBeSent(waiting)
  if (lastSettled?.state === 'FAILED') return { label: t.failing, tone: 'failed', icon: CircleX, note }
  return waiting === 0
    ? { label: t.active, tone: 'completed', icon: CircleCheck, note }
    : { label: t.sending, tone: 'pending', icon: Clock3, note }
}

export const scopeOf = ({ allConnectors, connectors }: Pick<ChannelDetailFragment, 'allConnectors' | 'connectors'>): string => {
  const [first] = connectors
  if (allConnectors) return t.allConnectors
  if (first === undefined) return t.noConnectorAnyMore
  return connectors.length === 1 ? first.name : t.someConnectors(connectors.length)
}
