/** What became of every row that was read; on completion the equation holds to the last row, of each stream and of all. */

import clsx from 'clsx'
import { countMeanings, figureMeanings } from '@/features/help/glossary.ts'
import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
import { Card } from '@/ui/Card.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { formatCount } from '@/ui/format.ts'
import { type Counts, partsOf, unaccounted } from './receipt-parts.ts'
import { StreamReceiptItem, StreamReceiptNotes } from './StreamReceipt.tsx'

export const Receipt = ({ run, className }: { run: RunDetailFragment; className?: string }) => {
  const { counts, status, receipt } = run
  const [first, ...others] = receipt
  const completed = status === 'COMPLETED'
  return (
    <Card
      title={<Explained meaning={figureMeanings.receipt}>{completed ? 'Receipt' : 'Committed so far'}</Explained>}
      aside={completed && <Verdict open={unaccounted(counts)} />}
      {...(className && { className })}
    >
      <div className="p-4">
        <Equation counts={counts} />
        {first && others.length === 0 && <StreamReceiptNotes receipt={first} className="mt-3 border-t pt-3" />}
      </div>
      {others.length > 0 && (
        <section aria-label="Receipts of the streams" className="border-t">
          <h3 className="px-4 pt-3 pb-1 text-xs font-medium text-ink-faint">Stream by stream</h3>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
          <ul tabIndex={0} aria-label="Streams" className="max-h-96 overflow-y-auto pb-1 -outline-offset-2">
            {receipt.map((own) => (
              <StreamReceiptItem key={own.stream} receipt={own} />
            ))}
          </ul>
        </section>
      )}
    </Card>
  )
}

const Equation = ({ counts }: { counts: Counts }) => {
  const parts = partsOf(counts)
  const open = unaccounted(counts)
  return (
    <>
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
    </>
  )
}

const Verdict = ({ open }: { open: number }) =>
  open === 0 ? (
    <span className="text-xs text-completed">every row accounted for</span>
  ) : (
    <span className="text-xs text-failed">{formatCount(Math.abs(open))} rows not accounted for</span>
  )

type LineProps = { sign?: string; label: keyof typeof countMeanings; value: number; explanation: string; dot?: string; strong?: boolean }

const Line = ({ sign = '', label, value, explanation, dot, strong = false }: LineProps) => (
  <tr className={clsx(value === 0 && !strong && 'text-ink-faint')}>
    <td className="w-6 py-0.75 pr-2 text-ink-faint">{sign}</td>
    <td className={clsx('py-0.75 pr-3 text-right tabular', strong && 'font-semibold')}>{formatCount(value)}</td>
    <th scope="row" className="w-full max-w-0 py-0.75 text-left font-normal whitespace-nowrap">
      <span className="flex items-center gap-2">
        {dot && <span aria-hidden className={clsx('size-2 rounded-full', dot, value === 0 && 'opacity-40')} />}
        <Explained meaning={countMeanings[label]}>{label}</Explained>
        <span className="hidden truncate text-xs text-ink-faint sm:inline">{explanation}</span>
      </span>
    </th>
  </tr>
)
