/** What a run states about one stream that it has committed: where its rows went, its control totals, its cursor. */

import clsx from 'clsx'
import { ArrowRight, Check, ChevronRight, X } from 'lucide-react'
import { modeNames } from '@/features/connectors/streams/stream-words.ts'
import { figureMeanings, modeMeanings } from '@/features/help/glossary.ts'
import type { StreamReceiptFragment } from '@/graphql/generated/graphql.ts'
import { Explained } from '@/ui/Explained.tsx'
import { formatCount } from '@/ui/format.ts'
import { partsOf, unaccounted } from './receipt-parts.ts'

/** One of several: its equation on a line, the rest behind it. */
export const StreamReceiptItem = ({ receipt }: { receipt: StreamReceiptFragment }) => {
  const balanced = unaccounted(receipt.counts) === 0
  return (
    <li>
      <details className="group">
        <summary className="flex list-none items-center gap-2 px-4 py-1.5 text-xs -outline-offset-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-faint transition-transform group-open:rotate-90" />
          <span className="min-w-0 flex-1 truncate font-mono font-medium">{receipt.stream}</span>
          <span className="text-ink-soft tabular">{formatCount(receipt.counts.read)} read</span>
          {balanced ? (
            <Check aria-label="every row accounted for" className="size-3.5 shrink-0 text-completed" />
          ) : (
            <X aria-label="rows not accounted for" className="size-3.5 shrink-0 text-failed" />
          )}
        </summary>
        <div className="px-4 pt-1 pb-3 pl-9.5">
          <p className="text-xs text-ink-soft tabular">{equationOf(receipt)}</p>
          <StreamReceiptNotes receipt={receipt} className="mt-2" />
        </div>
      </details>
    </li>
  )
}

/** `1,204 read = 4 inserted + 1,200 unchanged` */
const equationOf = ({ counts }: StreamReceiptFragment): string => {
  const parts = partsOf(counts).filter(({ value }) => value > 0)
  const sum = parts.length === 0 ? '0' : parts.map(({ label, value }) => `${formatCount(value)} ${label}`).join(' + ')
  const deleted = counts.deleted > 0 ? `; ${formatCount(counts.deleted)} deleted` : ''
  return `${formatCount(counts.read)} read = ${sum}${deleted}`
}

export const StreamReceiptNotes = ({
  receipt: { mode, cursor, controlTotals },
  className,
}: {
  receipt: StreamReceiptFragment
  className?: string
}) => (
  <dl className={clsx('flex flex-col gap-2 text-xs', className)}>
    <div className="flex justify-between gap-3">
      <dt className="text-ink-faint">mode</dt>
      <dd>
        <Explained meaning={modeMeanings[mode]}>{modeNames[mode]}</Explained>
      </dd>
    </div>
    {cursor && (
      <div>
        <dt className="text-ink-faint">
          <Explained meaning={figureMeanings.cursor}>cursor</Explained> <span className="font-mono text-ink-soft">{cursor.field}</span>
        </dt>
        <dd className="mt-0.5 flex flex-wrap items-center gap-x-1.5 font-mono">
          <span>{cursor.from ?? <span className="font-sans text-ink-soft">the beginning</span>}</span>
          <ArrowRight aria-label="to" className="size-3 shrink-0 text-ink-faint" />
          <span>{cursor.to ?? <span className="font-sans text-ink-soft">no value yet</span>}</span>
        </dd>
      </div>
    )}
    {controlTotals && (
      <div>
        <dt className="text-ink-faint">
          <Explained meaning={figureMeanings.controlTotals}>control totals</Explained>
        </dt>
        <dd className="mt-1">
          <Totals totals={controlTotals} />
        </dd>
      </div>
    )}
  </dl>
)

const Totals = ({ totals: { rows, sums } }: { totals: NonNullable<StreamReceiptFragment['controlTotals']> }) => (
  <table className="w-full tabular">
    <thead>
      <tr className="text-ink-faint">
        <th scope="col" className="pr-2 text-left font-normal">
          <span className="sr-only">Total</span>
        </th>
        <th scope="col" className="pr-2 text-right font-normal">
          at the source
        </th>
        <th scope="col" className="text-right font-normal">
          committed
        </th>
      </tr>
    </thead>
    <tbody>
      {[{ column: null, ...rows }, ...sums].map(({ column, source, committed }) => (
        <tr key={column ?? ''}>
          <th scope="row" className="max-w-28 truncate pr-2 text-left font-normal">
            {column === null ? 'rows' : <span className="font-mono">{column}</span>}
          </th>
          <td className="pr-2 text-right">{grouped(source)}</td>
          <td className="text-right">{grouped(committed)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** Exact, however many digits: `1234567.50` → `1,234,567.50` */
const grouped = (decimal: string): string => {
  const [whole = '', fraction] = decimal.split('.')
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? separated : `${separated}.${fraction}`
}
