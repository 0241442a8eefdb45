'use client'
/** What is asked, or told, before a channel changes or is tried. */

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import {
  type ChannelDetailFragment,
  DeleteNotificationChannelDocument,
  TestNotificationChannelDocument,
  type TestNotificationChannelMutation,
  UpdateNotificationChannelDocument,
} from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/notifications.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { toasts } from '@/ui/toasts.ts'
import { ConfirmDialog } from '../ConfirmDialog.tsx'
import { RefusalCallout } from '../RefusalCallout.tsx'
import { useChange } from '../use-change.ts'

type Props = { channel: ChannelDetailFragment; onClose: () => void }

/** Sends at once: whoever opens it has asked for it. */
export const TestChannel = ({ channel, onClose }: Props) => {
  const { change, busy, refusal } = useChange(TestNotificationChannelDocument)
  const [test, setTest] = useState<TestNotificationChannelMutation['testNotificationChannel'] | null>(null)
  const begun = useRef(false)
  const send = async () => {
    setTest(null)
    const data = await change({ id: channel.id })
    if (data) setTest(data.testNotificationChannel)
  }
  const sendFirst = useEffectEvent(() => void send())
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    sendFirst()
  }, [])
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.testTitle(channel.name)}
      description={t.testHint(channel.target)}
      actions={
        <>
          <Button onClick={() => void send()} busy={busy}>
            {t.sendAgain}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {common.done}
          </Button>
        </>
      }
    >
      <RefusalCallout title={t.notSent} refusal={refusal} />
      {test && (
        <Callout
          tone={test.ok ? 'success' : 'danger'}
          {...(test.ok ? { live: true } : { role: 'alert' as const })}
          title={test.ok ? t.taken : t.notTaken}
        >
          {test.outcome}
        </Callout>
      )}
      {busy && (
        <Callout live title={t.sendingTest}>
          {t.sendingTestHint}
        </Callout>
      )}
    </Dialog>
  )
}

export const PauseChannel = ({ channel, onClose }: Props) => {
  const { change, busy, refusal } = useChange(UpdateNotificationChannelDocument)
  const { name, enabled, waiting } = channel
  const turn = async () => {
    if ((await change({ id: channel.id, input: { enabled: !enabled } })) === null) return
    toasts.add({ title: enabled ? t.isPaused(name) : t.isResumed(name) })
    onClose()
  }
  return (
    <ConfirmDialog
      title={enabled ? t.pauseQuestion(name) : t.resumeQuestion(name)}
      description={enabled ? t.pauseHint(waiting) : t.resumeHint}
      action={enabled ? t.pause : t.resume}
      busy={busy}
      refusal={refusal}
      onConfirm={() => void turn()}
      onClose={onClose}
    />
  )
}

export const DeleteChannel = ({ channel, onClose }: Props) => {
  const { change, busy, refusal } = useChange(DeleteNotificationChannelDocument)
  const remove = async () => {
    if ((await change({ id: channel.id })) === null) return
    toasts.add({ title: t.isDeleted(channel.name) })
    onClose()
  }
  return (
    <ConfirmDialog
      title={t.deleteQuestion(channel.name)}
      description={t.deleteHint(channel.target)}
      action={t.deleteChannel}
      danger
      busy={busy}
      refusal={refusal}
      onConfirm={() => void remove()}
      onClose={onClose}
    />
  )
}
