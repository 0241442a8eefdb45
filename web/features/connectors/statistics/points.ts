/** The runs of a chart: what is typical of them, and how their axis is labelled. */

import type { ConnectorStatisticsQuery } from '@/graphql/generated/graphql.ts'
import { locale } from '@/texts/format.ts'
import * as t from '@/texts/statistics.tsx'

export type Statistics = NonNullable<ConnectorStatisticsQuery['connector']>['statistics']
export type Point = Statistics['points'][number]

/** Of the completed runs shown; null where there is none. */
export const typicalDuration = (points: readonly Point[]): number | null => {
  const durations = points.flatMap(({ status, durationMs }) => (status === 'COMPLETED' && durationMs !== null ? [durationMs] : []))
  durations.sort((a, b) => a - b)
  return durations[Math.floor(durations.length / 2)] ?? null
}

/** 0.9871 → "98.7%"; never 100% while something failed, nor 0% while something went well. */
export const inPercent = (share: number): string => {
  if (share === 0 || share === 1) return `${share * 100}%`
  return `${(Math.min(Math.max(Math.floor(share * 1_000), 1), 999) / 10).toFixed(1)}%`
}

/** "30 runs in 30 days" */
export const extent = ({ runs, points }: Pick<Statistics, 'runs' | 'points'>): string =>
  points.length < runs ? t.newestRuns(points.length, runs) : t.allRuns(runs)

const day = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' })
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const threeDays = 3 * 86_400_000

/** Days where the runs span many, else times of day; in the reader's time zone, since a chart is drawn in the browser. */
export const axisLabels = (points: readonly Point[]): ((number: number) => string) => {
  const [first, last] = [points[0], points.at(-1)].map((point) => Date.parse(point?.finishedAt ?? ''))
  const format = (last ?? 0) - (first ?? 0) > threeDays ? day : clock
  const at = new Map(points.map(({ number, finishedAt }) => [number, format.format(Date.parse(finishedAt))]))
  return (number) => at.get(number) ?? ''
}
