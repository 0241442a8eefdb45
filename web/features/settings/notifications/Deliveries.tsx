'use client'
/** What was sent through a channel, and what became of it. */

import { CircleCheck, CircleX, Clock3, Inbox } from 'lucide-react'
import Link from 'next/link'
import { useEffect } from 'react'
import { type ChannelDetailFragment, type DeliveryDetailFragment, NotificationDeliveriesDocument } from '@/graphql/generated/graphql.ts'
import { useLiveQuery } from '@/graphql/live.ts'
import * as common from '@/texts/common.ts'
import * as notificationsTexts from '@/texts/notifications.ts'
import * as t from '@/texts/notifications-deliveries.tsx'
import { Badge } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Skeleton } from '@/ui/Skeleton.tsx'

const everyMs = 3_000

export const Deliveries = ({ channel, onClose }: { channel: ChannelDetailFragment; onClose: () => void }) => {
  const [{ data }, ask] = useLiveQuery({ query: NotificationDeliveriesDocument, variables: {} })
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && ask({ requestPolicy: 'network-only' }), everyMs)
    return () => clearInterval(timer)
  }, [ask])
  const deliveries = data?.notificationChannels.find(({ id }) => id === channel.id)?.deliveries
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.title(channel.name)}
      description={t.hint}
      className="max-w-2xl"
      actions={
        <Button variant="primary" onClick={onClose}>
          {common.done}
        </Button>
      }
    >
      {deliveries === undefined && <Skeleton className="h-24" />}
      {deliveries?.length === 0 && (
        <EmptyState compact icon={Inbox} title={t.emptyTitle}>
          {t.emptyHint}
        </EmptyState>
      )}
      <ul className="flex flex-col">
        {deliveries?.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} />
        ))}
      </ul>
    </Dialog>
  )
}

const Delivery = ({ delivery }: { delivery: DeliveryDetailFragment }) => (
  <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b py-2.5 text-sm last:border-b-0">
    <StateBadge delivery={delivery} />
    <div className="min-w-0 flex-1 basis-64">
      <p className="break-words">
        <span className="font-medium">{notificationsTexts.eventNames[delivery.event]}</span>
        {delivery.connectorName !== null && `, ${delivery.connectorName}`}
        {delivery.runNumber !== null && (
          <>
            {' '}
            <Link href={`/admin/runs/${delivery.runNumber}`} className="text-accent underline">
              #{delivery.runNumber}
            </Link>
          </>
        )}
      </p>
      {delivery.outcome !== null && <p className="text-xs break-words text-ink-soft">{delivery.outcome}</p>}
      {delivery.state === 'PENDING' && delivery.attempts > 0 && delivery.nextAttemptAt !== null && (
        <p className="text-xs text-ink-faint">{t.nextAttempt(delivery.attempts + 1, <RelativeTime at={delivery.nextAttemptAt} />)}</p>
      )}
    </div>
    <p className="text-xs whitespace-nowrap text-ink-faint">
      {t.timeAndAttempts(<RelativeTime at={delivery.createdAt} />, delivery.attempts)}
    </p>
  </li>
)

const StateBadge = ({ delivery: { state } }: { delivery: DeliveryDetailFragment }) => {
  switch (state) {
    case 'DELIVERED':
      return (
        <Badge tone="completed" icon={CircleCheck}>
          {t.stateNames.DELIVERED}
        </Badge>
      )
    case 'FAILED':
      return (
        <Badge tone="failed" icon={CircleX}>
          {t.stateNames.FAILED}
        </Badge>
      )
    case 'PENDING':
      return (
        <Badge tone="pending" icon={Clock3}>
          {t.stateNames.PENDING}
        </Badge>
      )
  }
}
