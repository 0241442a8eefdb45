/** The page of a run: the rows that failed validation, and their replay. */

import { formatCount } from '@/ui/format.ts'

export const title = 'Rejected rows'
/** The name of a link that shows only the format. */
export const downloadAs = (format: string) => `Download as ${format}`
export const replay = 'Replay'
export const replayQuestion = (run: number) => `Replay the rejected rows of run #${run}?`
export const replayConsequence = (connector: string) =>
  `A new run takes these rows as they were kept, passes them through the mapping as it is now, and commits those that fit. Nothing is read from ${connector}, and nothing is deleted. Correct the mapping first: what is still wrong is rejected again.`
export const notNow = 'Not now'
export const replayConfirm = 'Replay the rows'
export const notReplayed = (run: number) => `The rejected rows of run #${run} were not replayed`

/** `completed`: whether the run did, so that all but these rows are committed. */
export const hint = (rejected: number, completed: boolean) =>
  completed
    ? `${formatCount(rejected)} in all. They failed validation and were kept aside. All other rows are committed.`
    : `${formatCount(rejected)} in all. They failed validation and were kept aside. A stream with more of them than its limit is not committed.`

/** Over the buttons that unfold a row, for those who listen. */
export const wholeRow = 'Whole row'
/** The name of a button that unfolds a row; `row`: its number, else its key. */
export const wholeRowOf = (row: number | string, stream: string) => `Whole row ${row} of ${stream}`
export const stream = 'Stream'
export const row = 'Row'
export const key = 'Key'
export const column = 'Column'
export const value = 'Value'
export const rule = 'Rule'
/** In place of a value that the source left empty. */
export const noValue = 'null'
export const showMore = 'Show more'
export const firstShown = (count: number) => `The first ${formatCount(count)} are shown; a download has them all.`
