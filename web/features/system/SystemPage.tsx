'use client'
/** Whether the platform is well: what is wrong with it, what works and waits, and what it runs on. */

import { ServerOff } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useEffect } from 'react'
import { SystemDocument, type SystemQuery } from '@/graphql/generated/graphql.ts'
import { useLiveQuery } from '@/graphql/live.ts'
import { systemMeanings } from '@/texts/glossary.ts'
import * as t from '@/texts/system.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { formatCount } from '@/ui/format.ts'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { MaintenanceSwitch } from './MaintenanceSwitch.tsx'
import { Problems } from './Problems.tsx'
import { Schedulers } from './Schedulers.tsx'
import { Servers } from './Servers.tsx'
import { WorkerTable } from './WorkerTable.tsx'

export type System = SystemQuery['system']

const everyMs = 3000

type FigureProps = { label: string; meaning: string; value: ReactNode; note?: ReactNode }

const Figure = ({ label, meaning, value, note }: FigureProps) => (
  <div className="min-w-0 bg-surface px-4 py-3">
    <dt className="text-xs text-ink-faint">
      <Explained meaning={meaning}>{label}</Explained>
    </dt>
    <dd className="mt-1">
      <span className="block truncate text-xl font-semibold tracking-tight tabular">{value}</span>
      <span className="block min-h-4.5 truncate text-xs text-ink-faint">{note}</span>
    </dd>
  </div>
)

const Figures = ({ system }: { system: System }) => {
  const online = system.workers.filter((worker) => worker.online).length
  return (
    <dl className="mb-4 grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line shadow-card lg:grid-cols-4">
      <Figure label={t.workersOnline} meaning={systemMeanings.workers} value={formatCount(online)} note={t.known(system.workers.length)} />
      <Figure
        label={t.slotsBusy}
        meaning={systemMeanings.slots}
        value={`${formatCount(system.busySlots)} / ${formatCount(system.slots)}`}
        note={t.slotsNote}
      />
      <Figure
        label={t.waitingRuns}
        meaning={systemMeanings.waiting}
        value={formatCount(system.queueDepth)}
        note={system.oldestPendingAt && t.oldestQueued(<RelativeTime at={system.oldestPendingAt} />)}
      />
      <Figure
        label={t.mode}
        meaning={systemMeanings.mode}
        value={t.modeNames[system.mode] ?? system.mode}
        note={t.modeNotes[system.mode]}
      />
    </dl>
  )
}

/** What waits longest, and for what. */
const OldestWaiting = ({ run }: { run: System['oldestPendingRun'] }) =>
  run && (
    <Card title={t.waitsLongest} className="mb-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2.5 text-sm">
        <Link href={`/admin/runs/${run.number}`} className="rounded-sm font-medium hover:underline">
          #{run.number} {run.connector.name}
        </Link>
        <span className="text-ink-soft">{run.pendingReason ?? t.justQueued}</span>
      </div>
    </Card>
  )

export const SystemPage = ({ mayPause }: { mayPause: boolean }) => {
  const [{ data }, ask] = useLiveQuery({ query: SystemDocument, variables: {} })
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && ask({ requestPolicy: 'network-only' }), everyMs)
    return () => clearInterval(timer)
  }, [ask])
  if (!data) return null
  const { system } = data
  return (
    <>
      <PageHeader
        title={t.title}
        description={t.description}
        actions={mayPause && <MaintenanceSwitch paused={system.maintenance !== null} underWay={system.busySlots} />}
      />
      <Problems problems={system.problems} />
      <Figures system={system} />
      <OldestWaiting run={system.oldestPendingRun} />
      <div className="grid items-start gap-4 2xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Card title={t.workers}>
          {system.workers.length === 0 ? (
            <EmptyState icon={ServerOff} title={t.noWorkers}>
              {t.noWorkersHint}
            </EmptyState>
          ) : (
            <WorkerTable workers={system.workers} />
          )}
        </Card>
        <div className="grid min-w-0 items-start gap-4 lg:grid-cols-2 2xl:grid-cols-1">
          <Schedulers schedulers={system.schedulers} />
          <Servers system={system} />
        </div>
      </div>
    </>
  )
}
