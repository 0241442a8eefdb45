/** What became of every row that was read; on completion the equation holds to the last row, of each stream and of all. */

import clsx from 'clsx'
import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
import { countMeanings, figureMeanings } from '@/texts/glossary.ts'
import * as t from '@/texts/receipt.ts'
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
      title={<Explained meaning={figureMeanings.receipt}>{completed ? t.title : t.committedSoFar}</Explained>}
      aside={completed && <Verdict open={unaccounted(counts)} />}
      {...(className && { className })}
    >
      <div className="p-4">
        <Equation counts={counts} />
        {first && others.length === 0 && <StreamReceiptNotes receipt={first} className="mt-3 border-t pt-3" />}
      </div>
      {others.length > 0 && (
        <section aria-label={t.streamReceipts} className="border-t">
          <h3 className="px-4 pt-3 pb-1 text-xs font-medium text-ink-faint">{t.streamByStream}</h3>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
          <ul tabIndex={0} aria-label={t.streams} className="max-h-96 overflow-y-auto pb-1 -outline-offset-2">
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
          ({ count, value, dot }) => value > 0 && <div key={count} className={clsx('min-w-0.5', dot)} style={{ flexGrow: value }} />,
        )}
        {open > 0 && <div style={{ flexGrow: open }} />}
      </div>
      <table className="mt-3 w-full text-sm">
        <caption className="sr-only">{t.equationCaption}</caption>
        <tbody>
          <Line count="read" value={counts.read} strong />
          {parts.map(({ count, value, dot }, index) => (
            <Line key={count} sign={index === 0 ? '=' : '+'} count={count} value={value} dot={dot} />
          ))}
          {counts.deleted > 0 && <Line count="deleted" value={counts.deleted} dot="bg-failed-vivid" />}
        </tbody>
      </table>
    </>
  )
}

const Verdict = ({ open }: { open: number }) =>
  open === 0 ? (
    <span className="text-xs text-completed">{t.balanced}</span>
  ) : (
    <span className="text-xs text-failed">{t.unbalancedBy(Math.abs(open))}</span>
  )

type LineProps = { sign?: string; count: keyof typeof t.countNames; value: number; dot?: string; strong?: boolean }

const Line = ({ sign = '', count, value, dot, strong = false }: LineProps) => (
  <tr className={clsx(value === 0 && !strong && 'text-ink-faint')}>
    <td className="w-6 py-0.75 pr-2 text-ink-faint">{sign}</td>
    <td className={clsx('py-0.75 pr-3 text-right tabular', strong && 'font-semibold')}>{formatCount(value)}</td>
    <th scope="row" className="w-full max-w-0 py-0.75 text-left font-normal whitespace-nowrap">
      <span className="flex items-center gap-2">
        {dot && <span aria-hidden className={clsx('size-2 rounded-full', dot, value === 0 && 'opacity-40')} />}
        <Explained meaning={countMeanings[count]}>{t.countNames[count]}</Explained>
        <span className="hidden truncate text-xs text-ink-faint sm:inline">{t.countHints[count]}</span>
      </span>
    </th>
  </tr>
)
