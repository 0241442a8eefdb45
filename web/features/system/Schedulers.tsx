'use client'
/** The schedulers. */

import { CalendarOff } from 'lucide-react'
import { systemMeanings } from '@/texts/glossary.ts'
import * as t from '@/texts/system.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Presence } from './Presence.tsx'
import type { System } from './SystemPage.tsx'

export const Schedulers = ({ schedulers }: Pick<System, 'schedulers'>) => (
  <Card title={<Explained meaning={systemMeanings.schedulers}>{t.schedulers}</Explained>}>
    {schedulers.length === 0 ? (
      <EmptyState icon={CalendarOff} title={t.noSchedulers} compact>
        {t.noSchedulersHint}
      </EmptyState>
    ) : (
      <ul>
        {schedulers.map((scheduler) => (
          <li key={scheduler.id} className="flex items-center justify-between gap-3 px-4 py-2.5 not-last:border-b">
            <div className="min-w-0">
              <p className="truncate text-sm font-medium">{scheduler.host}</p>
              <p className="text-xs text-ink-faint tabular">
                {t.schedulerProcess(scheduler.pid, scheduler.version, <RelativeTime at={scheduler.startedAt} />)}
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
