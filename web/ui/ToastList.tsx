'use client'
/** What draws the toasts of toasts.ts, at the edge of the page. */

import { Toast } from '@base-ui/react/toast'
import clsx from 'clsx'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect } from 'react'
import * as t from '@/texts/ui-toasts.ts'
import { drawToasts } from './toasts.ts'

const manager = Toast.createToastManager()

export const ToastList = () => {
  // The provider below listens to the manager by then.
  useEffect(() => drawToasts(manager.add), [])
  return (
    <Toast.Provider toastManager={manager} timeout={7000} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-[calc(100vw-2rem)] flex-col gap-2 sm:w-96">
          <Shown />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

const Shown = () => {
  const { toasts: shown } = Toast.useToastManager()
  return shown.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-lg bg-raised shadow-raised transition-[opacity,translate] duration-200 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-2.5 p-3">
        {toast.type === 'error' ? (
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-failed" />
        ) : (
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-completed" />
        )}
        <div className="min-w-0 flex-1">
          <Toast.Title className="text-sm font-medium" />
          <Toast.Description className={clsx('text-sm break-words text-ink-soft', toast.title !== undefined && 'mt-0.5')} />
          <Toast.Action className="mt-1.5 rounded-sm text-sm font-medium text-accent hover:underline" />
        </div>
        <Toast.Close aria-label={t.dismiss} className="rounded-sm p-0.5 text-ink-faint hover:text-ink">
          <X aria-hidden className="size-3.5" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
