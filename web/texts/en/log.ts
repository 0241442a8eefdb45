/** The log of a run: its head, its tools, and what stands where there are no lines. */

import { formatCount } from '@/ui/format.ts'

export const title = 'Log'
/** @param matching lines that a filter lets through, null without one */
export const size = (lines: number, matching: number | null) =>
  `${matching === null ? '' : `${formatCount(matching)} of `}${formatCount(lines)} ${lines === 1 ? 'line' : 'lines'}`
/** New lines appear as they are written. */
export const live = 'live'

export const search = 'Search the log'
/** Which of the lines that a search found is looked at. */
export const hit = 'Search hit'
export const noHit = 'no hit'
export const hitOf = (hit: number, hits: number) => `${formatCount(hit)} / ${formatCount(hits)}`
export const previousHit = 'Previous hit'
export const previousHitHint = 'Previous hit: Shift Enter'
export const nextHit = 'Next hit'
export const nextHitHint = 'Next hit: Enter'

export const level = 'Level'
/** How the time of a line is shown. */
export const time = 'Time'
export const timeUtc = 'Time in UTC'
export const timeLocal = 'Local time'
export const timeElapsed = 'Since the start'
export const wrap = 'Wrap long lines'
export const copy = 'Copy the log'
export const copyChosen = (lines: number) => `Copy the ${lines === 1 ? 'chosen line' : `${lines} chosen lines`}`
export const copied = 'Copied'
export const download = 'Download as text'

export const linesLabel = (run: number) => `Log of run #${run}`
/** The number of a line is a link to it. */
export const line = (number: number) => `Line ${number}`
export const noMatch = 'No line matches.'
export const notBegun = 'The log begins when a worker takes the run.'
/** Leads to the end of the log, where these were written meanwhile. */
export const newLines = (lines: number) => `${formatCount(lines)} new lines`
export const toEnd = 'To the end'
