'use client'
/** How fast a run's rows come and came, as a chart or as the table behind it; as high as ever while the run goes on. */

import { ChartArea, Table2 } from 'lucide-react'
import { useState } from 'react'
import * as t from '@/texts/rate.tsx'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { useNow } from '@/ui/Clock.tsx'
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
      title={t.title}
      aside={
        <span className="flex items-center gap-3">
          {peak > 0 && <span className="text-xs text-ink-faint tabular max-sm:hidden">{t.atMost(peak)}</span>}
          <Button variant="ghost" size="sm" icon={asTable ? ChartArea : Table2} disabled={peak === 0} onClick={() => setAsTable(!asTable)}>
            {asTable ? t.showChart : t.showTable}
          </Button>
        </span>
      }
    >
      <div className={peak === 0 && run.finishedAt !== null ? 'h-16' : 'h-48'}>
        {peak === 0 || run.startedAt === null ? (
          <p className="flex h-full items-center justify-center px-4 text-center text-sm text-ink-faint">
            {reason ?? (run.finishedAt === null ? t.noRowYet : t.noRow)}
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
  if (startedAt === null) return finishedAt === null ? t.chartToCome : t.neverTaken
  if (finishedAt !== null && !hasPoints && counts.read > 0) return t.notKept
  return null
}
