'use client'
/** Asks for two moments, either of which may stay open. */

import { useState } from 'react'
import * as t from '@/texts/runs-custom-range.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Field } from '@/ui/Field.tsx'
import { formatLocal } from '@/ui/format.ts'
import { Input } from '@/ui/Input.tsx'
import type { TimeRange } from './time-range.ts'

type Moments = { from: string | null; to: string | null }
type Props = { range: Moments; onChoose: (range: TimeRange | null) => void; onClose: () => void }

/** As the browser's field has it: local, to the minute. */
const toField = (at: string | null): string => (at === null ? '' : formatLocal(Date.parse(at)).slice(0, 16).replace(' ', 'T'))
const fromField = (text: string): string | null => (text === '' ? null : new Date(text).toISOString())

export const CustomRange = ({ range, onChoose, onClose }: Props) => {
  const [from, setFrom] = useState(toField(range.from))
  const [to, setTo] = useState(toField(range.to))
  const backwards = from !== '' && to !== '' && from >= to
  const choose = () => {
    onChoose(from === '' && to === '' ? null : { from: fromField(from), to: fromField(to) })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.title}
      description={t.hint}
      actions={
        <>
          <Button onClick={onClose}>{t.leave}</Button>
          <Button variant="primary" disabled={backwards} onClick={choose}>
            {t.show}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={t.from}>
          <Input type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
        </Field>
        <Field label={t.to} error={backwards ? t.backwards : undefined}>
          <Input type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  )
}
