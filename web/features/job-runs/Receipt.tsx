/** What became of every row that was read; on completion the equation holds to the last row. */

import clsx from 'clsx'
import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
import { Card } from '@/ui/Card.tsx'
import { formatCount } from '@/ui/format.ts'

type Part = { label: string; value: number; dot: string; explanation: string }

const partsOf = ({ inserted, updated, unchanged, rejected, superseded }: RunDetailFragment['counts']): Part[] => [
  { label: 'inserted', value: inserted, dot: 'bg-completed-vivid', explanation: 'new in the destination' },
  { label: 'updated', value: updated, dot: 'bg-running-vivid', explanation: 'differed and were rewritten' },
  { label: 'unchanged', value: unchanged, dot: 'bg-line-strong', explanation: 'were the same already' },
  { label: 'rejected', value: rejected, dot: 'bg-error-vivid', explanation: 'failed validation' },
  { label: 'superseded', value: superseded, dot: 'bg-pending-vivid', explanation: 'repeated a key, a later row won' },
]

export const Receipt = ({ run, className }: { run: RunDetailFragment; className?: string }) => {
  const { counts, status } = run
  const parts = partsOf(counts)
  const accounted = parts.reduce((sum, { value }) => sum + value, 0)
  const open = counts.read - accounted
  return (
    <Card
      title={status === 'COMPLETED' ? 'Receipt' : 'Committed so far'}
      aside={<Verdict completed={status === 'COMPLETED'} open={open} />}
      {...(className && { className })}
    >
      <div className="p-4">
        <div aria-hidden className="flex h-1.5 gap-px overflow-hidden rounded-full bg-hover">
          {parts.map(
            ({ label, value, dot }) => value > 0 && <div key={label} className={clsx('min-w-0.5', dot)} style={{ flexGrow: value }} />,
          )}
          {open > 0 && <div style={{ flexGrow: open }} />}
        </div>
        <table className="mt-3 w-full text-sm">
          <caption className="sr-only">What became of the rows that were read</caption>
          <tbody>
            <Line label="read" value={counts.read} explanation="from the source" strong />
            {parts.map(({ label, value, dot, explanation }, index) => (
              <Line key={label} sign={index === 0 ? '=' : '+'} label={label} value={value} dot={dot} explanation={explanation} />
            ))}
            {counts.deleted > 0 && (
              <Line label="deleted" value={counts.deleted} dot="bg-failed-vivid" explanation="in the destination, gone at the source" />
            )}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

const Verdict = ({ completed, open }: { completed: boolean; open: number }) => {
  if (!completed) return null
  return open === 0 ? (
    <span className="text-xs text-completed">every row accounted for</span>
  ) : (
    <span className="text-xs text-failed">{formatCount(Math.abs(open))} rows not accounted for</span>
  )
}

type LineProps = { sign?: string; label: string; value: number; explanation: string; dot?: string; strong?: boolean }

const Line = ({ sign = '', label, value, explanation, dot, strong = false }: LineProps) => (
  <tr className={clsx(value === 0 && !strong && 'text-ink-faint')}>
    <td className="w-6 py-0.75 pr-2 text-ink-faint">{sign}</td>
    <td className={clsx('py-0.75 pr-3 text-right tabular', strong && 'font-semibold')}>{formatCount(value)}</td>
    <th scope="row" className="w-full max-w-0 py-0.75 text-left font-normal whitespace-nowrap">
      <span className="flex items-center gap-2">
        {dot && <span aria-hidden className={clsx('size-2 rounded-full', dot, value === 0 && 'opacity-40')} />}
        {label}
        <span className="hidden truncate text-xs text-ink-faint sm:inline">{explanation}</span>
      </span>
    </th>
  </tr>
)
