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
      title={`Test of ${channel.name}`}
      description={`One message goes to ${channel.target}.`}
      actions={
        <>
          <Button onClick={() => void send()} busy={busy}>
            Send again
          </Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <RefusalCallout title="Not sent" refusal={refusal} />
      {test && (
        <Callout
          tone={test.ok ? 'success' : 'danger'}
          {...(test.ok ? { live: true } : { role: 'alert' as const })}
          title={test.ok ? 'It was taken' : 'It was not taken'}
        >
          {test.outcome}
        </Callout>
      )}
      {busy && (
        <Callout live title="Sending …">
          The answer is shown here.
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
    toasts.add({ title: enabled ? `${name} is paused` : `${name} tells again` })
    onClose()
  }
  return (
    <ConfirmDialog
      title={enabled ? `Pause ${name}?` : `Resume ${name}?`}
      description={
        enabled
          ? `Nothing is sent through it until somebody resumes it${waiting > 0 ? ', and what waits now is given up' : ''}. What happens meanwhile is not told later.`
          : 'It tells of what happens from now on.'
      }
      action={enabled ? 'Pause' : 'Resume'}
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
    toasts.add({ title: `${channel.name} is deleted` })
    onClose()
  }
  return (
    <ConfirmDialog
      title={`Delete ${channel.name}?`}
      description={`${channel.target} is told nothing more, and the list of what was sent there goes too. This cannot be undone.`}
      action="Delete"
      danger
      busy={busy}
      refusal={refusal}
      onConfirm={() => void remove()}
      onClose={onClose}
    />
  )
}
