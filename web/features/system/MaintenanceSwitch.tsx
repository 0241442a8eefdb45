'use client'
/** Pauses the whole platform, after a question, and lets it go on. */

import { CirclePause, CirclePlay } from 'lucide-react'
import { useState } from 'react'
import { type CombinedError, useClient } from 'urql'
import { messageOf } from '@/graphql/errors.ts'
import { PausePlatformDocument, ResumePlatformDocument } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/maintenance-switch.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { toasts } from '@/ui/toasts.ts'

const showRefusal = (title: string, error: CombinedError) => toasts.add({ title, description: messageOf(error), type: 'error' })

type Props = { paused: boolean /** Runs that go on meanwhile. */; underWay: number }

export const MaintenanceSwitch = ({ paused, underWay }: Props) => {
  const client = useClient()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [reason, setReason] = useState('')
  const resume = async () => {
    setBusy(true)
    const { error } = await client.mutation(ResumePlatformDocument, {}).toPromise()
    setBusy(false)
    if (error) showRefusal(t.notResumed, error)
  }
  const pause = async () => {
    setBusy(true)
    const { error } = await client.mutation(PausePlatformDocument, { reason }).toPromise()
    setBusy(false)
    if (error) {
      showRefusal(t.notPaused, error)
      return
    }
    setAsking(false)
    setReason('')
  }
  if (paused)
    return (
      <Button variant="primary" icon={CirclePlay} busy={busy} onClick={() => void resume()}>
        {t.resume}
      </Button>
    )
  return (
    <>
      <Button icon={CirclePause} onClick={() => setAsking(true)}>
        {t.pauseForMaintenance}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t.pauseQuestion}
        description={t.pauseHint(underWay)}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t.notNow}</Button>
            <Button variant="primary" busy={busy} onClick={() => void pause()}>
              {t.pause}
            </Button>
          </>
        }
      >
        <Field label={t.reason} optional description={t.reasonHint}>
          <Input value={reason} maxLength={500} placeholder={t.reasonExample} onChange={({ target }) => setReason(target.value)} />
        </Field>
      </Dialog>
    </>
  )
}
