'use client'
/** A connector in the list: where it reads from, how fresh it is, and Sync Now. */

import clsx from 'clsx'
import Link from 'next/link'
import { memo } from 'react'
import { useIsRequested } from '@/features/job-runs/requested-syncs.ts'
import { runPath } from '@/features/job-runs/run-actions.ts'
import { ExplainedStatus, StatusBadge } from '@/features/job-runs/StatusBadge.tsx'
import { SyncNowButton } from '@/features/job-runs/SyncNowButton.tsx'
import { isActive } from '@/features/job-runs/status.ts'
import type { ConnectorListItemFragment, RunSummaryFragment } from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/connectors.tsx'
import { Badge } from '@/ui/Badge.tsx'
import { Checkbox } from '@/ui/Checkbox.tsx'
import { Duration } from '@/ui/Duration.tsx'
import { formatCount } from '@/ui/format.ts'
import { Progress } from '@/ui/Progress.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Td, Tr } from '@/ui/Table.tsx'
import { KindTile } from './KindIcon.tsx'
import { RunSparkline } from './RunSparkline.tsx'
import { scheduleInWords } from './schedule/schedule-words.ts'
import { Unverified } from './Unverified.tsx'

/** Rows read while it runs, rows ingested once it has. */
const recordsOf = ({ status, counts }: RunSummaryFragment): number => (status === 'COMPLETED' ? counts.ingested : counts.read)

const Records = ({ run }: { run: RunSummaryFragment | null }) => {
  if (run === null) return <span className="text-ink-faint">{common.none}</span>
  const { expected, read } = run.counts
  return (
    <span className="relative inline-block">
      {formatCount(recordsOf(run))}
      {run.status === 'RUNNING' && expected !== null && (
        <Progress label={t.recordsRead} value={read} max={expected} className="absolute top-full right-0 mt-0.5 w-full min-w-16" />
      )}
    </span>
  )
}

const Age = ({ run }: { run: RunSummaryFragment }) => (
  <span className="text-xs whitespace-nowrap text-ink-faint tabular">
    {run.status === 'RUNNING' ? (
      <>
        <Duration startedAt={run.startedAt} finishedAt={null} />
        <span className="md:hidden"> · {formatCount(run.counts.read)}</span>
      </>
    ) : (
      <RelativeTime at={run.finishedAt ?? run.queuedAt} className="relative z-10" />
    )}
  </span>
)

type Props = {
  connector: ConnectorListItemFragment
  /** Of its kind. */
  verified: boolean
  selected: boolean
  /** null for those who only look. */
  onSelect: ((id: string, selected: boolean) => void) | null
}

export const ConnectorRow = memo(({ connector, verified, selected, onSelect }: Props) => {
  const requested = useIsRequested(connector.id)
  const run = connector.lastRun
  const status = requested && !(run && isActive(run.status)) ? 'PENDING' : run?.status
  return (
    <Tr data-row className={clsx('h-15', selected && 'bg-accent-tint/50')}>
      {onSelect && (
        <Td className="w-px pr-0">
          <span className="relative z-10 flex">
            <Checkbox
              data-select
              aria-label={t.select(connector.name)}
              checked={selected}
              onChange={(checked) => onSelect(connector.id, checked)}
            />
          </span>
        </Td>
      )}
      <Td className="w-full max-w-0 py-1.5">
        <div className="flex items-center gap-3">
          <KindTile kind={connector.kind} className="hidden sm:flex" />
          <div className="min-w-0">
            <div className="flex min-w-0 items-center gap-2">
              <Link
                prefetch={false}
                href={`/admin/connectors/${connector.id}`}
                data-row-link
                className="truncate font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
              >
                {connector.name}
              </Link>
              {!connector.enabled && <Badge>{t.paused}</Badge>}
            </div>
            <p className="truncate text-xs text-ink-faint">{connector.address}</p>
            {!verified && (
              <p className="mt-0.5">
                <Unverified short />
              </p>
            )}
          </div>
        </div>
      </Td>
      <Td className="w-px">
        {status ? (
          <div className="flex flex-col items-start gap-0.5 sm:w-50 sm:flex-row sm:items-center sm:gap-2.5">
            {run && !requested ? (
              <ExplainedStatus
                status={status}
                link={
                  <Link
                    prefetch={false}
                    href={runPath(run.number)}
                    aria-label={t.runOf(run.number, connector.name)}
                    className="relative z-10"
                  />
                }
              />
            ) : (
              <StatusBadge status={status} />
            )}
            {run && !requested && <Age run={run} />}
          </div>
        ) : (
          <span className="text-xs whitespace-nowrap text-ink-faint">{t.neverSynced}</span>
        )}
      </Td>
      <Td className="hidden w-px md:table-cell lg:hidden xl:table-cell">
        <RunSparkline runs={connector.recentRuns} />
      </Td>
      <Td numeric className="hidden w-px min-w-28 md:table-cell">
        <Records run={requested ? null : run} />
      </Td>
      <Td className="hidden w-px text-xs whitespace-nowrap text-ink-soft lg:table-cell">
        {connector.schedule ? (
          <>
            {scheduleInWords(connector.schedule.cron)}
            <span className="block text-ink-faint">
              {connector.enabled && connector.schedule.nextRuns[0]
                ? t.next(<RelativeTime at={connector.schedule.nextRuns[0]} className="relative z-10" />)
                : connector.schedule.timeZone}
            </span>
          </>
        ) : (
          <span className="text-ink-faint">{t.onDemand}</span>
        )}
      </Td>
      <Td className="w-px">
        <SyncNowButton connector={connector} />
      </Td>
    </Tr>
  )
})
