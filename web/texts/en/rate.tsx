/** The page of a run: how fast its rows come and came, as a chart and as a table. */

import type { ReactNode } from 'react'
import { formatCount, formatDuration } from '@/ui/format.ts'

export const title = 'Rows per second'
export const atMost = (rowsPerSecond: number) => `at most ${formatCount(rowsPerSecond)}`
export const showChart = 'Show as chart'
export const showTable = 'Show as table'

export const chartToCome = 'The chart begins when a worker takes the run.'
export const neverTaken = 'The run ended before a worker took it.'
export const notKept = 'How fast the rows came was not kept for this run.'
export const noRowYet = 'No row has come yet.'
export const noRow = 'No row was read.'

/** The whole chart in a sentence, for those who listen. */
export const inWords = (spanMs: number, average: number, peak: number) =>
  `Rows per second over ${formatDuration(spanMs)}: ${formatCount(average)} on average, ${formatCount(peak)} at most.`
/** Over the line where an attempt begins; `narrow`: draws what goes where there is no room for more than the number. */
export const attemptStart = (attempt: number, narrow: (text: string) => ReactNode) => (
  <>
    {narrow('attempt ')}
    {attempt}
  </>
)
/** The value that the pointer is at: "512 rows/s at 1m 23s". */
export const valueAt = (value: ReactNode, moment: string) => (
  <>
    {value} at {moment}
  </>
)
export const value = (rowsPerSecond: number) => `${formatCount(rowsPerSecond)} rows/s`
/** The name of a slider over the chart. */
export const cursor = 'Moment of the run'
/** What the slider stands at, for those who listen. */
export const cursorValue = (rowsPerSecond: number, moment: string, attempt: number) =>
  `${formatCount(rowsPerSecond)} rows per second at ${moment}, attempt ${attempt}`

export const asTable = 'Rows per second, as a table'
/** Over the moments at which each stretch of the run ends. */
export const until = 'Until'
export const attempt = 'Attempt'
export const rowsPerSecond = 'Rows per second'
export const rowsByThen = 'Rows read by then'
