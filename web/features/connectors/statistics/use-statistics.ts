'use client'

/** A connector's statistics, asked for anew whenever a run of it has ended. */

import { isActive } from '@/features/job-runs/status.ts'
import { useRunEvents } from '@/features/job-runs/use-run-events.ts'
import { useSpaced } from '@/features/job-runs/use-spaced.ts'
import { ConnectorStatisticsDocument } from '@/graphql/generated/graphql.ts'
import { useKept, useLiveQuery } from '@/graphql/live.ts'
import type { Statistics } from './points.ts'

export const useStatistics = (id: string): Statistics | undefined => {
  const [{ data: fresh }, ask] = useLiveQuery({ query: ConnectorStatisticsDocument, variables: { id } })
  const statistics = useKept(fresh)?.connector?.statistics
  const refresh = useSpaced(() => ask({ requestPolicy: 'network-only' }), 1_000)
  useRunEvents(id, ({ number, status }) => {
    if (!isActive(status) && number > (statistics?.points.at(-1)?.number ?? 0)) refresh()
  })
  return statistics
}
