/** The receipt of a run and of its streams: what became of every row that was read. */

import type { StreamReceiptFragment } from '@/graphql/generated/graphql.ts'
import { formatCount } from '@/ui/format.ts'

/** Of a run that has completed. */
export const title = 'Receipt'
/** In place of the title, for a run that has not completed. */
export const committedSoFar = 'Committed so far'
export const balanced = 'every row accounted for'
/** `rows`: too many or too few in the sum. */
export const unbalancedBy = (rows: number) => `${formatCount(rows)} rows not accounted for`

/** The name of the table, for those who listen. */
export const equationCaption = 'What became of the rows that were read'

/** The rows of a receipt, as its equation names them. */
type Count = Exclude<keyof StreamReceiptFragment['counts'], 'ingested' | 'bytes' | 'expected'>

/** Each stands behind its number: "4 inserted". */
export const countNames: Record<Count, string> = {
  read: 'read',
  inserted: 'inserted',
  updated: 'updated',
  unchanged: 'unchanged',
  superseded: 'superseded',
  rejected: 'rejected',
  deleted: 'deleted',
}
/** What each is, in a few words behind its name. */
export const countHints: Record<Count, string> = {
  read: 'from the source',
  inserted: 'new in the destination',
  updated: 'differed and were rewritten',
  unchanged: 'were the same already',
  superseded: 'a later row has their key',
  rejected: 'failed validation',
  deleted: 'are gone at the source',
}

export const streamReceipts = 'Receipts of the streams'
export const streamByStream = 'Stream by stream'
export const streams = 'Streams'
export const readByStream = (rows: number) => `${formatCount(rows)} read`
export const unbalanced = 'rows not accounted for'
/** `1,204 read = 4 inserted + 1,200 unchanged; 3 deleted`; `parts`: those of which there are any. */
export const equation = (read: number, parts: readonly { name: string; value: number }[], deleted: number) => {
  const sum = parts.length === 0 ? '0' : parts.map(({ name, value }) => `${formatCount(value)} ${name}`).join(' + ')
  return `${formatCount(read)} read = ${sum}${deleted > 0 ? `; ${formatCount(deleted)} deleted` : ''}`
}

export const mode = 'mode'
/** Stands before the name of the column by which the run knows what is new. */
export const cursor = 'cursor'
/** The name of an arrow, between the two values of the cursor. */
export const to = 'to'
/** In place of the cursor's first value. */
export const theBeginning = 'the beginning'
/** In place of the cursor's last value. */
export const noValueYet = 'no value yet'
export const controlTotals = 'control totals'
export const total = 'Total'
/** Over totals as the source computes them. */
export const atSource = 'at the source'
/** Over totals as they are in the destination. */
export const committed = 'committed'
/** The total that is the number of rows. */
export const rows = 'rows'
