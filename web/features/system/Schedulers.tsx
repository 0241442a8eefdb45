'use client'
/** The schedulers. */

import { CalendarOff } from 'lucide-react'
import { systemMeanings } from '@/features/help/glossary.ts'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Presence } from './Presence.tsx'
import type { System } from './SystemPage.tsx'

export const Schedulers = ({ schedulers }: Pick<System, 'schedulers'>) => (
  <Card title={<Explained meaning={systemMeanings.schedulers}>Schedulers</Explained>}>
    {schedulers.length === 0 ? (
      <EmptyState icon={CalendarOff} title="No scheduler has reported" compact>
        Start one with the same DATABASE_URL, and REDIS_URL where it is set.
      </EmptyState>
    ) : (
      <ul>
        {schedulers.map((scheduler) => (
          <li key={scheduler.id} className="flex items-center justify-between gap-3 px-4 py-2.5 not-last:border-b">
            <div className="min-w-0">
              <p className="truncate text-sm font-medium">{scheduler.host}</p>
              <p className="truncate text-xs text-ink-faint tabular">
                process {scheduler.pid}, {scheduler.version}, started <RelativeTime at={scheduler.startedAt} />
              </p>
            </div>
            <div className="text-right">
              <Presence process={scheduler} />
            </div>
          </li>
        ))}
      </ul>
    )}
  </Card>
)
