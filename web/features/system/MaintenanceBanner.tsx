'use client'
/** On every page while the platform is paused: why nothing starts, and where that ends. */

import Link from 'next/link'
import * as t from '@/texts/maintenance.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { type Maintenance, useMaintenance } from './use-maintenance.ts'

export const MaintenanceBanner = ({ first }: { first: Maintenance }) => {
  const maintenance = useMaintenance(first)
  return (
    <div aria-live="polite">
      {maintenance && (
        <Callout tone="warning" className="mb-5" title={maintenance.reason === '' ? t.paused : t.pausedBecause(maintenance.reason)}>
          {t.pausedHint(
            <Link href="/admin/system" className="rounded-sm font-medium text-ink underline underline-offset-2">
              {t.system}
            </Link>,
            maintenance.by,
            <RelativeTime at={maintenance.since} />,
          )}
        </Callout>
      )}
    </div>
  )
}
