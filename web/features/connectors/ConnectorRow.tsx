'use client'
/** A connector in the list: where it reads from, how fresh it is, and Sync Now. */

import Link from 'next/link'
import { memo } from 'react'
import { useIsRequested } from '@/features/job-runs/requested-syncs.ts'
import { runPath } from '@/features/job-runs/run-actions.ts'
import { StatusBadge } from '@/features/job-runs/StatusBadge.tsx'
import { SyncNowButton } from '@/features/job-runs/SyncNowButton.tsx'
import { isActive } from '@/features/job-runs/status.ts'
import type { ConnectorRowFragment, RunSummaryFragment } from '@/graphql/generated/graphql.ts'
import { Badge } from '@/ui/Badge.tsx'
import { Duration } from '@/ui/Duration.tsx'
import { formatCount } from '@/ui/format.ts'
import { Progress } from '@/ui/Progress.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Td, Tr } from '@/ui/Table.tsx'
import { KindTile } from './KindIcon.tsx'
import { scheduleInWords } from './schedule-words.ts'
import { Unverified } from './Unverified.tsx'

/** Rows read while it runs, rows ingested once it has. */
const recordsOf = ({ status, counts }: RunSummaryFragment): number => (status === 'COMPLETED' ? counts.ingested : counts.read)

const Records = ({ run }: { run: RunSummaryFragment | null }) => {
  if (run === null) return <span className="text-ink-faint">–</span>
  const { expected, read } = run.counts
  return (
    <span className="relative inline-block">
      {formatCount(recordsOf(run))}
      {run.status === 'RUNNING' && expected !== null && (
        <Progress label="Records read" value={read} max={expected} className="absolute inset-x-0 top-full mt-0.5 min-w-16" />
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

type Props = { connector: ConnectorRowFragment /** Of its kind. */; verified: boolean }

export const ConnectorRow = memo(({ connector, verified }: Props) => {
  const requested = useIsRequested(connector.id)
  const run = connector.lastRun
  const status = requested && !(run && isActive(run.status)) ? 'PENDING' : run?.status
  return (
    <Tr data-row className="h-15">
      <Td className="w-full max-w-0">
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
              {!connector.enabled && <Badge>Paused</Badge>}
            </div>
            <p className="truncate text-xs text-ink-faint">{connector.address}</p>
            {!verified && (
              <p className="mt-0.5">
                <Unverified />
              </p>
            )}
          </div>
        </div>
      </Td>
      <Td className="w-px">
        {status ? (
          <div className="flex flex-col items-start gap-0.5 sm:w-50 sm:flex-row sm:items-center sm:gap-2.5">
            {run && !requested ? (
              <Link
                prefetch={false}
                href={runPath(run.number)}
                aria-label={`Run #${run.number} of ${connector.name}`}
                className="relative z-10 rounded-full"
              >
                <StatusBadge status={status} />
              </Link>
            ) : (
              <StatusBadge status={status} />
            )}
            {run && !requested && <Age run={run} />}
          </div>
        ) : (
          <span className="text-xs whitespace-nowrap text-ink-faint">Never synced</span>
        )}
      </Td>
      <Td numeric className="hidden w-px min-w-28 md:table-cell">
        <Records run={requested ? null : run} />
      </Td>
      <Td className="hidden w-px text-xs whitespace-nowrap text-ink-soft lg:table-cell">
        {connector.schedule ? (
          <>
            {scheduleInWords(connector.schedule.cron)}
            <span className="block text-ink-faint">
              {connector.enabled && connector.schedule.nextRuns[0] ? (
                <>
                  next <RelativeTime at={connector.schedule.nextRuns[0]} className="relative z-10" />
                </>
              ) : (
                connector.schedule.timeZone
              )}
            </span>
          </>
        ) : (
          <span className="text-ink-faint">On demand</span>
        )}
      </Td>
      <Td className="w-px">
        <SyncNowButton connector={connector} />
      </Td>
    </Tr>
  )
})
