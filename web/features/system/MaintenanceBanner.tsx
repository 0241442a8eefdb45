'use client'
/** On every page while the platform is paused: why nothing starts, and where that ends. */

import Link from 'next/link'
import { Callout } from '@/ui/Callout.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { type Maintenance, useMaintenance } from './use-maintenance.ts'

export const MaintenanceBanner = ({ first }: { first: Maintenance }) => {
  const maintenance = useMaintenance(first)
  return (
    <div aria-live="polite">
      {maintenance && (
        <Callout
          tone="warning"
          className="mb-5"
          title={maintenance.reason === '' ? 'Paused for maintenance' : `Paused: ${maintenance.reason}`}
        >
          Runs wait and schedules do not fire until it is resumed under{' '}
          <Link href="/admin/system" className="rounded-sm font-medium text-ink underline underline-offset-2">
            System
          </Link>
          . By {maintenance.by}, <RelativeTime at={maintenance.since} />.
        </Callout>
      )}
    </div>
  )
}
