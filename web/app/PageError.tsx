'use client'
/** Where a page could not be made: what to do, and the reference under which the log has the reason. */

import { CloudAlert, RotateCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { startTransition } from 'react'
import * as t from '@/texts/errors.ts'
import { Button } from '@/ui/Button.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'

export type PageErrorProps = { error: Error & { digest?: string }; reset: () => void }

export const PageError = ({ error, reset }: PageErrorProps) => {
  const router = useRouter()
  const retry = () =>
    startTransition(() => {
      router.refresh()
      reset()
    })
  return (
    <div role="alert" className="flex min-h-[70dvh] items-center justify-center">
      <EmptyState
        icon={CloudAlert}
        title={t.pageTitle}
        action={
          <Button icon={RotateCw} onClick={retry}>
            {t.tryAgain}
          </Button>
        }
      >
        {t.pageHint}
        {error.digest && <span className="mt-3 block text-xs text-ink-faint">{t.pageReference(error.digest)}</span>}
      </EmptyState>
    </div>
  )
}
