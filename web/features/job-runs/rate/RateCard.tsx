'use client'
/** How fast a run's rows come and came, as a chart or as the table behind it; as high as ever while the run goes on. */

import { ChartArea, Table2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { useNow } from '@/ui/Clock.tsx'
import { formatCount } from '@/ui/format.ts'
import { RatePlot } from './RatePlot.tsx'
import { RateTable } from './RateTable.tsx'
import { stretchesOf, summaryOf } from './rates.ts'
import { type RatedRun, useRatePoints } from './use-rate-points.ts'

export const RateCard = ({ run }: { run: RatedRun }) => {
  const [asTable, setAsTable] = useState(false)
  const now = useNow()
  const points = useRatePoints(run)
  const reason = nothingToShow(run, points.length > 0)
  const stretches = reason === null ? stretchesOf(run.attempts, points, now) : []
  const { peak, average } = summaryOf(stretches)
  return (
    <Card
      className="mb-4"
      title="Rows per second"
      aside={
        <span className="flex items-center gap-3">
          {peak > 0 && <span className="text-xs text-ink-faint tabular max-sm:hidden">at most {formatCount(peak)}</span>}
          <Button variant="ghost" size="sm" icon={asTable ? ChartArea : Table2} disabled={peak === 0} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Show as chart' : 'Show as table'}
          </Button>
        </span>
      }
    >
      <div className={peak === 0 && run.finishedAt !== null ? 'h-16' : 'h-48'}>
        {peak === 0 || run.startedAt === null ? (
          <p className="flex h-full items-center justify-center px-4 text-center text-sm text-ink-faint">
            {reason ?? (run.finishedAt === null ? 'No row has come yet.' : 'No row was read.')}
          </p>
        ) : asTable ? (
          <RateTable stretches={stretches} startedAt={run.startedAt} />
        ) : (
          <RatePlot run={{ ...run, startedAt: run.startedAt }} stretches={stretches} now={now} summary={{ peak, average }} />
        )}
      </div>
    </Card>
  )
}

const nothingToShow = ({ startedAt, finishedAt, counts }: RatedRun, hasPoints: boolean): string | null => {
  if (startedAt === null)
    return finishedAt === null ? 'The chart begins when a worker takes the run.' : 'The run ended before a worker took it.'
  if (finishedAt !== null && !hasPoints && counts.read > 0) return 'How fast the rows came was not kept for this run.'
  return null
}
