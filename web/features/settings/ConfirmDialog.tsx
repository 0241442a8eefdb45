'use client'
/** Asks before something is done that ends or cuts off, and names it. */

import type { ReactNode } from 'react'
import * as t from '@/texts/settings.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { RefusalCallout } from './RefusalCallout.tsx'
import type { Refusal } from './use-change.ts'

type Props = {
  title: string
  description: ReactNode
  /** What the button does, in one or two words. */
  action: string
  danger?: boolean
  busy: boolean
  refusal: Refusal | null
  onConfirm: () => void
  onClose: () => void
}

export const ConfirmDialog = ({ title, description, action, danger = false, busy, refusal, onConfirm, onClose }: Props) => (
  <Dialog
    open
    onOpenChange={(open) => !open && onClose()}
    title={title}
    description={description}
    actions={
      <>
        <Button onClick={onClose}>{t.notNow}</Button>
        <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
          {action}
        </Button>
      </>
    }
  >
    <RefusalCallout title={t.notDone} refusal={refusal} />
  </Dialog>
)
