'use client'
/** Whom the platform tells of what happens. */

import { Bell, Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { type ChannelDetailFragment, NotificationChannelsDocument } from '@/graphql/generated/graphql.ts'
import { useLiveQuery } from '@/graphql/live.ts'
import * as t from '@/texts/notifications.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { DeleteChannel, PauseChannel, TestChannel } from './ChannelQuestions.tsx'
import { type ChannelAction, ChannelTable } from './ChannelTable.tsx'

const ChannelForm = dynamic(() => import('./ChannelForm.tsx').then((module) => module.ChannelForm), { ssr: false })
const Deliveries = dynamic(() => import('./Deliveries.tsx').then((module) => module.Deliveries), { ssr: false })

type Asked = { action: ChannelAction; id: string }

/** What becomes of notifications is told by no event. */
const everyMs = 3_000

export const NotificationsPage = () => {
  const [{ data }, ask] = useLiveQuery({ query: NotificationChannelsDocument, variables: {} })
  const [adding, setAdding] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && ask({ requestPolicy: 'network-only' }), everyMs)
    return () => clearInterval(timer)
  }, [ask])
  if (!data) return null
  const { notificationChannels: channels, sendsEmail } = data
  const channel = channels.find(({ id }) => id === asked?.id)
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setAdding(true)}>
      {t.newChannel}
    </Button>
  )
  return (
    <div className="flex flex-col gap-4">
      {!sendsEmail && channels.some(({ kind, enabled }) => kind === 'EMAIL' && enabled) && (
        <Callout tone="warning" title={t.noMailServer}>
          {t.noMailServerHint}
        </Callout>
      )}
      <Card title={t.title} aside={channels.length > 0 && add}>
        {channels.length === 0 ? (
          <EmptyState icon={Bell} title={t.emptyTitle} action={add}>
            {t.emptyHint}
          </EmptyState>
        ) : (
          <ChannelTable channels={channels} onAction={(action, { id }) => setAsked({ action, id })} />
        )}
      </Card>
      {adding && <ChannelForm channel={null} sendsEmail={sendsEmail} onClose={() => setAdding(false)} />}
      {asked && channel && <Question action={asked.action} channel={channel} sendsEmail={sendsEmail} onClose={() => setAsked(null)} />}
    </div>
  )
}

type QuestionProps = { action: ChannelAction; channel: ChannelDetailFragment; sendsEmail: boolean; onClose: () => void }

const Question = ({ action, sendsEmail, ...props }: QuestionProps) => {
  switch (action) {
    case 'edit':
      return <ChannelForm {...props} sendsEmail={sendsEmail} />
    case 'test':
      return <TestChannel {...props} />
    case 'deliveries':
      return <Deliveries {...props} />
    case 'pause':
      return <PauseChannel {...props} />
    case 'delete':
      return <DeleteChannel {...props} />
  }
}
