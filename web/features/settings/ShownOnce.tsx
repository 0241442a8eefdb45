'use client'
/** A secret at the one moment when it can be read. Only its button closes this: a click beside it must not lose it. */

import type { ReactNode } from 'react'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/settings.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { CopyField } from '@/ui/CopyField.tsx'
import { Dialog } from '@/ui/Dialog.tsx'

type Props = { title: string; label: string; secret: string; children: ReactNode; onClose: () => void }

export const ShownOnce = ({ title, label, secret, children, onClose }: Props) => (
  <Dialog
    open
    onOpenChange={() => {}}
    title={title}
    className="max-w-xl"
    actions={
      <Button variant="primary" onClick={onClose}>
        {common.done}
      </Button>
    }
  >
    <div className="flex flex-col gap-4">
      <CopyField label={label} value={secret} />
      <Callout tone="warning" title={t.shownOnce}>
        {children}
      </Callout>
    </div>
  </Dialog>
)
