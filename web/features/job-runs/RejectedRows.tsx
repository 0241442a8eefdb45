'use client'
/** The rows that failed validation, each with the value and the rule that it broke; to look at, take away and replay. */

import clsx from 'clsx'
import { ChevronRight, Download } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useMayActAs } from '@/features/session/use-role.ts'
import { RejectedRowsDocument, type RejectedRowsQuery, type RunDetailFragment } from '@/graphql/generated/graphql.ts'
import { useKept } from '@/graphql/live.ts'
import * as t from '@/texts/rejected-rows.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { formatCount } from '@/ui/format.ts'
import { Table, Td, Th } from '@/ui/Table.tsx'
import { ReplayButton } from './ReplayButton.tsx'

const pageSize = 20

type RejectedRow = NonNullable<RejectedRowsQuery['jobRun']>['rejectedRows']['nodes'][number]

export const RejectedRows = ({ run }: { run: RunDetailFragment }) => {
  const [shown, setShown] = useState(pageSize)
  const [{ data, fetching }] = useQuery({
    query: RejectedRowsDocument,
    variables: { run: run.id, first: shown },
    requestPolicy: 'cache-and-network',
  })
  const rejected = useKept(data)?.jobRun?.rejectedRows
  if (!rejected || rejected.nodes.length === 0) return null
  const committed = new Set(run.receipt.map(({ stream }) => stream))
  return (
    <Card
      title={t.title}
      aside={<RowActions run={run} replayable={rejected.nodes.some(({ row, stream }) => row !== null && committed.has(stream))} />}
      className="mb-4"
    >
      <p className="border-b px-4 py-2 text-xs text-ink-faint">{t.hint(run.counts.rejected, run.status === 'COMPLETED')}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
      <section tabIndex={0} aria-label={t.title} className="overflow-x-auto -outline-offset-2">
        <Table label={t.title} className="text-xs">
          <thead>
            <tr>
              <Th>
                <span className="sr-only">{t.wholeRow}</span>
              </Th>
              <Th>{t.stream}</Th>
              <Th numeric>{t.row}</Th>
              <Th>{t.key}</Th>
              <Th>{t.column}</Th>
              <Th>{t.value}</Th>
              <Th className="w-full">{t.rule}</Th>
            </tr>
          </thead>
          <tbody>
            {rejected.nodes.map((row, index) => (
              // They have no other identity than their place, and the list only grows.
              <Line key={index} rejected={row} />
            ))}
          </tbody>
        </Table>
      </section>
      {rejected.pageInfo.hasNextPage && (
        <div className="flex items-center justify-center gap-3 border-t p-2">
          {shown < 100 ? (
            <Button variant="ghost" size="sm" busy={fetching} onClick={() => setShown(100)}>
              {t.showMore}
            </Button>
          ) : (
            <p className="py-1 text-xs text-ink-faint">{t.firstShown(shown)}</p>
          )}
        </div>
      )}
    </Card>
  )
}

/** Rows that were not kept whole, or of a stream that was not committed without them, cannot be replayed. */
const RowActions = ({ run, replayable }: { run: RunDetailFragment; replayable: boolean }) => {
  const mayReplay = useMayActAs('OPERATOR') && run.connector.deletedAt === null
  return (
    <span className="flex items-center gap-3">
      <DownloadLink run={run} extension="csv" />
      <DownloadLink run={run} extension="jsonl" />
      {mayReplay && replayable && <ReplayButton run={run} />}
    </span>
  )
}

const DownloadLink = ({ run, extension }: { run: RunDetailFragment; extension: 'csv' | 'jsonl' }) => (
  <a
    href={`/rejected-rows/${run.number}.${extension}`}
    download
    aria-label={t.downloadAs(extension.toUpperCase())}
    className="flex items-center gap-1 rounded-sm text-xs font-medium text-ink-soft hover:text-ink hover:underline"
  >
    <Download aria-hidden className="size-3.5" />
    {extension.toUpperCase()}
  </a>
)

const Line = ({ rejected: { stream, position, place, key, column, rawValue, rule, row } }: { rejected: RejectedRow }) => {
  const [open, setOpen] = useState(false)
  const values = typeof row === 'object' && row !== null ? Object.entries(row) : []
  return (
    <>
      <tr className={clsx('h-9 border-b last:border-b-0 hover:bg-hover', open && 'bg-sunken')}>
        <Td className="w-px pr-0!">
          {values.length > 0 && (
            <button
              type="button"
              aria-expanded={open}
              aria-label={t.wholeRowOf(position ?? key ?? '', stream)}
              onClick={() => setOpen(!open)}
              className="flex size-6 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
            >
              <ChevronRight aria-hidden className={clsx('size-3.5 transition-transform', open && 'rotate-90')} />
            </button>
          )}
        </Td>
        <Td className="font-mono whitespace-nowrap">{stream}</Td>
        <Td numeric className="py-1">
          {position !== null && formatCount(position)}
          {place && (
            <span className="block max-w-56 truncate text-ink-faint" title={place}>
              {place}
            </span>
          )}
        </Td>
        <Td className="max-w-48 truncate font-mono" title={key ?? undefined}>
          {key}
        </Td>
        <Td className="font-mono whitespace-nowrap">{column}</Td>
        <Td className="max-w-64 truncate font-mono" title={rawValue ?? undefined}>
          {rawValue ?? <span className="text-ink-faint">{t.noValue}</span>}
        </Td>
        <Td className="min-w-56 text-ink-soft">{rule}</Td>
      </tr>
      {open && (
        <tr className="border-b bg-sunken last:border-b-0">
          <td colSpan={7} className="px-4 pt-1 pb-3">
            <dl aria-label={t.wholeRow} className="grid gap-x-6 gap-y-1 font-mono sm:grid-cols-2 xl:grid-cols-3">
              {values.map(([name, value]) => (
                <div key={name} className={clsx('flex min-w-0 gap-2', name === column && 'text-error')}>
                  <dt className={clsx('shrink-0', name !== column && 'text-ink-faint')}>{name}</dt>
                  <dd className="min-w-0 break-words">
                    {value === null ? <span className="text-ink-faint">{t.noValue}</span> : String(value)}
                  </dd>
                </div>
              ))}
            </dl>
          </td>
        </tr>
      )}
    </>
  )
}
