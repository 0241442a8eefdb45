'use client'
/** The first rows of a stream, as the source has them and as the destination would, side by side. */

import clsx from 'clsx'
import { Eye } from 'lucide-react'
import type { ReactNode } from 'react'
import * as t from '@/texts/streams.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { ExplainedFailure } from '../connection/ExplainedFailure.tsx'
import type { Preview, StreamPreview } from './use-stream-preview.ts'

type Props = {
  preview: StreamPreview
  /** The stream was changed since. */
  stale: boolean
  onPreview: () => void
}

export const PreviewCard = ({ preview: { running, result, problem }, stale, onPreview }: Props) => (
  <Card
    title={t.preview}
    aside={
      <span className="flex items-center gap-3">
        {result && !running && <Verdict result={result} stale={stale} />}
        <Button size="sm" icon={Eye} busy={running} onClick={onPreview}>
          {t.previewRows}
        </Button>
      </span>
    }
  >
    {problem ? (
      <div className="p-4">
        <ExplainedFailure failure={problem} />
      </div>
    ) : result === null ? (
      <EmptyState compact icon={Eye} title={running ? t.previewRunningTitle : t.previewEmptyTitle}>
        {running ? t.previewRunningHint : t.previewEmptyHint}
      </EmptyState>
    ) : (
      <Rows result={result} />
    )}
  </Card>
)

const Verdict = ({ result: { rows }, stale }: { result: Preview; stale: boolean }) => {
  const rejected = rows.filter((row) => row.rejected !== null).length
  if (stale) return <span className="text-xs text-pending">{t.changedSince}</span>
  return (
    <output className={clsx('text-xs tabular', rejected > 0 ? 'text-error' : 'text-ink-faint')}>
      {t.previewedRows(rows.length, rejected)}
    </output>
  )
}

const Rows = ({ result: { before, after, rows } }: { result: Preview }) =>
  rows.length === 0 ? (
    <EmptyState compact icon={Eye} title={t.noRowsTitle}>
      {t.noRowsHint(before)}
    </EmptyState>
  ) : (
    <div className="grid lg:grid-cols-2 lg:divide-x">
      <Side title={t.atSource} columns={before.map((name) => ({ name, type: null }))} className="border-b lg:border-b-0">
        {rows.map((row, index) => (
          // Rows of a source have no other identity than their place.
          <tr key={index} className="h-8 border-b last:border-b-0">
            {before.map((name, at) => (
              <Value key={name} value={row.before[at]} wrong={row.rejected?.column === name} />
            ))}
          </tr>
        ))}
      </Side>
      <Side title={t.inDestination} columns={after}>
        {rows.map((row, index) => (
          // Rows of a source have no other identity than their place.
          <tr key={index} className="h-8 border-b last:border-b-0">
            {row.after ? (
              after.map(({ name }, at) => <Value key={name} value={row.after?.[at]} />)
            ) : (
              <td colSpan={after.length} className="px-3 whitespace-nowrap first:pl-4">
                <span className="font-medium text-error">{t.rejected}</span>{' '}
                <span className="font-mono text-2xs text-ink-soft">{row.rejected?.column}</span>{' '}
                <span className="text-ink-soft">{row.rejected?.rule}</span>
              </td>
            )}
          </tr>
        ))}
      </Side>
    </div>
  )

type SideProps = {
  title: string
  columns: readonly { name: string; type: string | null }[]
  className?: string
  children: ReactNode
}

const Side = ({ title, columns, className, children }: SideProps) => (
  <section aria-label={title} className={clsx('min-w-0', className)}>
    <h3 className="px-4 pt-3 pb-1 text-xs font-medium text-ink-faint">{title}</h3>
    {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
    <section tabIndex={0} aria-label={t.firstRows(title)} className="overflow-x-auto -outline-offset-2">
      <table aria-label={title} className="w-full border-collapse text-left text-xs">
        <thead>
          <tr>
            {columns.map(({ name, type }) => (
              <th key={name} scope="col" className="h-8 border-b px-3 font-mono font-medium whitespace-nowrap first:pl-4">
                {name}
                {type && <span className="ml-1.5 font-normal text-ink-faint">{type}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  </section>
)

const Value = ({ value, wrong = false }: { value: string | null | undefined; wrong?: boolean }) => (
  <td
    title={value ?? undefined}
    className={clsx('max-w-56 truncate px-3 font-mono whitespace-nowrap first:pl-4', wrong && 'bg-error-tint font-medium text-error')}
  >
    {value ?? <span className={wrong ? '' : 'text-ink-faint'}>null</span>}
    {wrong && <span className="sr-only"> {t.rejectedValue}</span>}
  </td>
)
