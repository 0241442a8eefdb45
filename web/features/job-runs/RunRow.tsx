'use client'
/** A run in a table of runs. */

import Link from 'next/link'
import { memo } from 'react'
import type { RunSummaryFragment } from '@/graphql/generated/graphql.ts'
import { Duration } from '@/ui/Duration.tsx'
import { formatCount } from '@/ui/format.ts'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Td, Th, Tr } from '@/ui/Table.tsx'
import { runPath } from './run-actions.ts'
import { StatusBadge } from './StatusBadge.tsx'
import { TriggerLabel } from './TriggerLabel.tsx'

/** `connector`: whether the table has runs of more than one. */
export const RunHeadings = ({ connector = true }: { connector?: boolean }) => (
  <tr>
    <Th>Run</Th>
    <Th>Status</Th>
    {connector && <Th className="w-full">Connector</Th>}
    <Th numeric className="hidden sm:table-cell">
      Records
    </Th>
    <Th numeric className="hidden md:table-cell">
      Duration
    </Th>
    <Th className={connector ? 'hidden xl:table-cell' : 'hidden w-full lg:table-cell'}>Trigger</Th>
    <Th numeric className="hidden sm:table-cell">
      Queued
    </Th>
  </tr>
)

export const RunRow = memo(({ run, connector = true }: { run: RunSummaryFragment; connector?: boolean }) => (
  <Tr data-row>
    <Td className="w-px tabular">
      <Link
        prefetch={false}
        href={runPath(run.number)}
        data-row-link
        className="font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
      >
        #{run.number}
      </Link>
      <RelativeTime at={run.queuedAt} className="block text-xs text-ink-faint sm:hidden" />
    </Td>
    <Td className="w-px">
      <StatusBadge status={run.status} />
    </Td>
    {connector && (
      <Td className="w-full max-w-0">
        <p className="truncate">{run.connector.name}</p>
        {run.failure && <p className="truncate text-xs text-ink-faint">{run.failure.message}</p>}
      </Td>
    )}
    <Td numeric className="hidden w-px sm:table-cell">
      {formatCount(run.status === 'COMPLETED' ? run.counts.ingested : run.counts.read)}
    </Td>
    <Td numeric className="hidden w-px min-w-22 text-ink-soft md:table-cell">
      <Duration startedAt={run.startedAt} finishedAt={run.finishedAt} />
    </Td>
    <Td
      className={
        connector ? 'hidden w-px max-w-64 text-xs text-ink-soft xl:table-cell' : 'hidden w-full max-w-0 text-xs text-ink-soft lg:table-cell'
      }
    >
      <TriggerLabel trigger={run.trigger} requestedBy={run.requestedBy} />
    </Td>
    <Td numeric className="hidden w-px text-xs text-ink-faint sm:table-cell">
      <RelativeTime at={run.queuedAt} className="relative z-10" />
    </Td>
  </Tr>
))
