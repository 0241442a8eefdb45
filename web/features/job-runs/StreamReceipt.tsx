/** What a run states about one stream that it has committed: where its rows went, its control totals, its cursor. */

import clsx from 'clsx'
import { ArrowRight, Check, ChevronRight, X } from 'lucide-react'
import { modeNames } from '@/features/connectors/streams/stream-words.ts'
import type { StreamReceiptFragment } from '@/graphql/generated/graphql.ts'
import { figureMeanings, modeMeanings } from '@/texts/glossary.ts'
import * as t from '@/texts/receipt.ts'
import { Explained } from '@/ui/Explained.tsx'
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
          <span className="text-ink-soft tabular">{t.readByStream(receipt.counts.read)}</span>
          {balanced ? (
            <Check aria-label={t.balanced} className="size-3.5 shrink-0 text-completed" />
          ) : (
            <X aria-label={t.unbalanced} className="size-3.5 shrink-0 text-failed" />
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
  return t.equation(
    counts.read,
    parts.map(({ count, value }) => ({ name: t.countNames[count], value })),
    counts.deleted,
  )
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
      <dt className="text-ink-faint">{t.mode}</dt>
      <dd>
        <Explained meaning={modeMeanings[mode]}>{modeNames[mode]}</Explained>
      </dd>
    </div>
    {cursor && (
      <div>
        <dt className="text-ink-faint">
          <Explained meaning={figureMeanings.cursor}>{t.cursor}</Explained> <span className="font-mono text-ink-soft">{cursor.field}</span>
        </dt>
        <dd className="mt-0.5 flex flex-wrap items-center gap-x-1.5 font-mono">
          <span>{cursor.from ?? <span className="font-sans text-ink-soft">{t.theBeginning}</span>}</span>
          <ArrowRight aria-label={t.to} className="size-3 shrink-0 text-ink-faint" />
          <span>{cursor.to ?? <span className="font-sans text-ink-soft">{t.noValueYet}</span>}</span>
        </dd>
      </div>
    )}
    {controlTotals && (
      <div>
        <dt className="text-ink-faint">
          <Explained meaning={figureMeanings.controlTotals}>{t.controlTotals}</Explained>
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
          <span className="sr-only">{t.total}</span>
        </th>
        <th scope="col" className="pr-2 text-right font-normal">
          {t.atSource}
        </th>
        <th scope="col" className="text-right font-normal">
          {t.committed}
        </th>
      </tr>
    </thead>
    <tbody>
      {[{ column: null, ...rows }, ...sums].map(({ column, source, committed }) => (
        <tr key={column ?? ''}>
          <th scope="row" className="max-w-28 truncate pr-2 text-left font-normal">
            {column === null ? t.rows : <span className="font-mono">{column}</span>}
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
