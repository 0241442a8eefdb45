/** The numbers behind the chart. */

import * as t from '@/texts/rate.tsx'
import { formatCount, formatDuration } from '@/ui/format.ts'
import { Table, Td, Th } from '@/ui/Table.tsx'
import type { Stretch } from './rates.ts'

export const RateTable = ({ stretches, startedAt }: { stretches: readonly Stretch[]; startedAt: string }) => {
  const start = Date.parse(startedAt)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
    <section tabIndex={0} aria-label={t.asTable} className="h-full overflow-auto -outline-offset-2">
      <Table label={t.title} className="text-xs">
        <thead>
          <tr>
            <Th numeric>{t.until}</Th>
            <Th numeric>{t.attempt}</Th>
            <Th numeric>{t.rowsPerSecond}</Th>
            <Th numeric className="w-full">
              {t.rowsByThen}
            </Th>
          </tr>
        </thead>
        <tbody>
          {stretches.map(({ attempt, to, rowsPerSecond, read }) => (
            <tr key={to} className="h-7 border-b last:border-b-0">
              <Td numeric>{formatDuration(to - start)}</Td>
              <Td numeric>{attempt}</Td>
              <Td numeric>{formatCount(rowsPerSecond)}</Td>
              <Td numeric>{formatCount(read)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}
