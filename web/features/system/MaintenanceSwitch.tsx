'use client'
/** Pauses the whole platform, after a question, and lets it go on. */

import { CirclePause, CirclePlay } from 'lucide-react'
import { useState } from 'react'
import { type CombinedError, useClient } from 'urql'
import { messageOf } from '@/graphql/errors.ts'
import { PausePlatformDocument, ResumePlatformDocument } from '@/graphql/generated/graphql.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Field } from '@/ui/Field.tsx'
import { formatCount } from '@/ui/format.ts'
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
    if (error) showRefusal('The platform was not resumed', error)
  }
  const pause = async () => {
    setBusy(true)
    const { error } = await client.mutation(PausePlatformDocument, { reason }).toPromise()
    setBusy(false)
    if (error) {
      showRefusal('The platform was not paused', error)
      return
    }
    setAsking(false)
    setReason('')
  }
  if (paused)
    return (
      <Button variant="primary" icon={CirclePlay} busy={busy} onClick={() => void resume()}>
        Resume
      </Button>
    )
  return (
    <>
      <Button icon={CirclePause} onClick={() => setAsking(true)}>
        Pause for maintenance
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title="Pause the platform?"
        description={`No run starts and no schedule fires until you resume. ${goOn(underWay)} Runs that are asked for meanwhile wait.`}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>Not now</Button>
            <Button variant="primary" busy={busy} onClick={() => void pause()}>
              Pause
            </Button>
          </>
        }
      >
        <Field label="Reason" optional description="Shown to everybody meanwhile.">
          <Input
            value={reason}
            maxLength={500}
            placeholder="Database upgrade until 06:00"
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
      </Dialog>
    </>
  )
}

const goOn = (underWay: number): string => {
  if (underWay === 0) return 'No run is under way.'
  return underWay === 1 ? 'The run under way goes on and ends.' : `The ${formatCount(underWay)} runs under way go on and end.`
}
