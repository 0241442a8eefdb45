'use client'
/** Says quietly that what is shown may be old, while the live connection is away. */

import { WifiOff } from 'lucide-react'
import { useConnectionState } from '@/graphql/live.ts'
import * as t from '@/texts/shell.ts'

export const ConnectionBanner = () => {
  const lost = useConnectionState() === 'lost'
  return (
    <div aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-4 z-30 flex justify-center px-4">
      {lost && (
        <p className="flex animate-[late_0.3s_1s_both] items-center gap-2 rounded-full bg-primary px-3.5 py-1.5 text-xs font-medium text-on-primary shadow-raised">
          <WifiOff aria-hidden className="size-3.5" />
          {t.connectionLost}
        </p>
      )}
    </div>
  )
}
