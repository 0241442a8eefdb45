'use client'
/** A run in a table of runs. */

import clsx from 'clsx'
import Link from 'next/link'
import { memo } from 'react'
import { StatusMeanings, TriggerMeanings } from '@/features/help/Meanings.tsx'
import type { RunSummaryFragment } from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import { figureMeanings, listMeanings } from '@/texts/glossary.ts'
import * as t from '@/texts/run-row.ts'
import { Checkbox } from '@/ui/Checkbox.tsx'
import { Duration } from '@/ui/Duration.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { formatCount } from '@/ui/format.ts'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Td, Th, Tr } from '@/ui/Table.tsx'
import type { Selection } from '@/ui/use-selection.ts'
import { runPath } from './run-actions.ts'
import { ExplainedStatus } from './StatusBadge.tsx'
import { TriggerLabel } from './TriggerLabel.tsx'

// Above the link that fills the row, and easier to hit than it is large.
const boxClass = 'relative z-10 flex size-4 [&_input]:after:absolute [&_input]:after:-inset-2.5'

type HeadingsProps = {
  /** Whether the table has runs of more than one. */
  connector?: boolean
  /** Rows of the table. */
  count?: number
  /** null where none can be selected. */
  selection?: Selection<RunSummaryFragment> | null
}

export const RunHeadings = ({ connector = true, count = 0, selection = null }: HeadingsProps) => (
  <tr>
    {selection && (
      <Th className="w-px pr-0!">
        <span className={boxClass}>
          <Checkbox
            aria-label={t.selectAll}
            checked={selection.selected.length === count}
            indeterminate={selection.selected.length > 0 && selection.selected.length < count}
            onChange={selection.selectAll}
          />
        </span>
      </Th>
    )}
    <Th>{t.run}</Th>
    <Th>
      <Explained meaning={<StatusMeanings />}>{common.status}</Explained>
    </Th>
    {connector && <Th className="w-full">{common.connector}</Th>}
    <Th numeric className="hidden sm:table-cell">
      <Explained meaning={listMeanings.records}>{t.records}</Explained>
    </Th>
    <Th numeric className="hidden md:table-cell">
      <Explained meaning={figureMeanings.duration}>{t.duration}</Explained>
    </Th>
    <Th className={connector ? 'hidden xl:table-cell' : 'hidden w-full lg:table-cell'}>
      <Explained meaning={<TriggerMeanings />}>{t.trigger}</Explained>
    </Th>
    <Th numeric className="hidden sm:table-cell">
      <Explained meaning={listMeanings.queued}>{t.queued}</Explained>
    </Th>
  </tr>
)

type RunRowProps = {
  run: RunSummaryFragment
  connector?: boolean
  selected?: boolean
  /** null where it cannot be selected. */
  onSelect?: Selection<RunSummaryFragment>['select'] | null
}

export const RunRow = memo(({ run, connector = true, selected = false, onSelect = null }: RunRowProps) => (
  <Tr data-row className={clsx(selected && 'bg-accent-tint hover:bg-accent-tint')}>
    {onSelect && (
      <Td className="w-px pr-0!">
        <span className={boxClass}>
          <Checkbox data-select aria-label={t.select(run.number)} checked={selected} onChange={(next) => onSelect(run.id, next)} />
        </span>
      </Td>
    )}
    <Td className="w-px tabular">
      <Link
        prefetch={false}
        href={runPath(run.number)}
        data-row-link
        className="font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
      >
        #{run.number}
      </Link>
      <RelativeTime at={run.queuedAt} className="block text-xs whitespace-nowrap text-ink-faint sm:hidden" />
    </Td>
    <Td className="w-px">
      {/* Above the link that fills the row, and another way to where it leads: no second stop for the keyboard. */}
      <ExplainedStatus
        status={run.status}
        link={<Link prefetch={false} href={runPath(run.number)} tabIndex={-1} className="relative z-10" />}
      />
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
