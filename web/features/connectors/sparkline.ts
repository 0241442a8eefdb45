/** The last runs of a connector as a row of bars: where each stands, how high it is, and all of them in words. */

import { statuses } from '@/features/job-runs/status.ts'
import type { RunBarsFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/connectors.tsx'

/** A run that is drawn as a bar. */
export type BarRun = RunBarsFragment['recentRuns'][number]

/** Places for bars; a connector with fewer runs leaves the older ones free. */
export const places = 20

/** Of a bar and the gap behind it. */
export const placeWidth = 6
export const barWidth = 4
/** Of the highest bar; what has gone wrong is marked beneath. */
export const baseline = 22
const lowest = 3

export const chartWidth = places * placeWidth - (placeWidth - barWidth)
export const chartHeight = 29

/** @returns null for a run that no worker has taken */
export const durationOf = ({ startedAt, finishedAt }: Pick<BarRun, 'startedAt' | 'finishedAt'>, now: number): number | null =>
  startedAt === null ? null : Math.max((finishedAt === null ? now : Date.parse(finishedAt)) - Date.parse(startedAt), 0)

export type Bar = { run: BarRun; x: number; height: number }

/** @param runs newest first, as the API tells them; the newest stands at the right */
export const barsOf = (runs: readonly BarRun[], now: number): Bar[] => {
  const shown = runs.slice(0, places)
  const durations = shown.map((run) => durationOf(run, now) ?? 0)
  const longest = Math.max(...durations, 1)
  return shown.map((run, index) => ({
    run,
    x: (places - 1 - index) * placeWidth,
    height: Math.max(Math.round(((durations[index] ?? 0) / longest) * baseline), lowest),
  }))
}

/** Of bars, as one path; a line of one pixel goes along its inner edge. */
export const outlineOf = (bars: readonly Bar[]): string =>
  bars.map(({ x, height }) => `M${x + 0.5} ${baseline + 0.5 - height}h${barWidth - 1}v${height - 1}h${1 - barWidth}z`).join('')

/** What stands beneath bars that went wrong: a cross where something was in the way, a diamond where the data were. */
export const badEndsOf = (bars: readonly Bar[], status: 'FAILED' | 'ERROR'): string =>
  bars.map(({ x }) => (status === 'FAILED' ? `M${x} 24.5l4 4m0-4l-4 4` : `M${x + 2} 24l2.25 2.5l-2.25 2.5l-2.25-2.5z`)).join('')

/** The run whose bar is nearest to this share of the width, from the left. */
export const runAt = (runs: readonly BarRun[], share: number): BarRun | undefined => {
  const fromRight = places - 1 - Math.floor(share * places)
  return runs[Math.min(Math.max(fromRight, 0), Math.min(runs.length, places) - 1)]
}

/** "Last 20 runs: 18 completed, 2 failed" */
export const inWords = (runs: readonly Pick<BarRun, 'status'>[]): string => {
  const [first] = runs
  if (first === undefined) return t.noRuns
  if (runs.length === 1) return t.lastRunWas(first.status)
  const counts = statuses.map((status) => [runs.filter((run) => run.status === status).length, status] as const)
  const parts = counts.filter(([count]) => count > 0).sort(([a], [b]) => b - a)
  return t.lastRunsWere(
    runs.length,
    parts.map(([count, status]) => t.runsThatEnded(count, status)),
  )
}
