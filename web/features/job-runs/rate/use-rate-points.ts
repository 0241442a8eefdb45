'use client'
/** The readings of a run's rate: those stored when it was asked for, and one from each change of it that comes in since. */

import { useState } from 'react'
import type { JobRunQuery } from '@/graphql/generated/graphql.ts'
import { allPoints, type RatePoint, withPoint } from './rates.ts'

export type RatedRun = NonNullable<JobRunQuery['jobRun']>

export const useRatePoints = ({ status, revision, startedAt, durationMs, counts, rateSeries }: RatedRun): RatePoint[] => {
  const [seen, setSeen] = useState<{ revision: number; points: readonly RatePoint[] }>({ revision, points: [] })
  if (status === 'RUNNING' && startedAt !== null && durationMs !== null && revision > seen.revision) {
    // By the platform's clock: that of this machine may be wrong.
    const at = new Date(Date.parse(startedAt) + durationMs).toISOString()
    setSeen({ revision, points: withPoint(seen.points, { at, read: counts.read }) })
  }
  return allPoints(rateSeries, seen.points)
}
