'use client'
/** A dialog with its library, which is loaded with the first that is opened. */

import { Dialog as Base } from '@base-ui/react/dialog'
import clsx from 'clsx'
import type { DialogProps } from './Dialog.tsx'

export const backdropClass =
  'fixed inset-0 z-40 bg-[oklch(0.15_0.01_264/0.45)] transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'

export const LoadedDialog = ({ open, onOpenChange, title, description, actions, className, children }: DialogProps) => (
  <Base.Root open={open} onOpenChange={onOpenChange}>
    <Base.Portal>
      <Base.Backdrop className={backdropClass} />
      <Base.Popup
        className={clsx(
          'fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 overflow-auto rounded-xl bg-raised p-5 shadow-raised outline-none',
          'transition-[opacity,scale] duration-150 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0',
          className,
        )}
      >
        <Base.Title className="text-lg font-semibold tracking-tight">{title}</Base.Title>
        {description && <Base.Description className="mt-1.5 text-sm text-ink-soft">{description}</Base.Description>}
        {children && <div className="mt-4">{children}</div>}
        {actions && <div className="mt-5 flex flex-wrap justify-end gap-2">{actions}</div>}
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
)
