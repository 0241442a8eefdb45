/** The rejected rows of one stream: kept and told, up to the stream's limit. */

import { SyncError } from '@aiia/core/failures/failure'
import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import type { SyncReport } from './report.ts'
import { shown } from './shown.ts'

export type Quarantine = {
  /**
   * @param count how many they are, where not all are given
   * @throws SyncError ROWS_REJECTED beyond the limit
   */
  add(rows: readonly RejectedRow[], step: 'EXTRACT' | 'VALIDATE', count?: number): void
  /** Rows that earlier attempts rejected. */
  before(count: number): void
}

/** So many are told in words. */
const mostTold = 3

export const createQuarantine = (report: SyncReport, { name, rejectLimit }: StreamConfiguration): Quarantine => {
  let count = 0
  let first: readonly RejectedRow[] = []
  return {
    add: (rows, step, added = rows.length) => {
      if (added === 0) return
      if (count === 0) report.log('WARN', `Stream "${name}": rows are rejected; the first is ${describe(rows[0])}`)
      count += added
      first = [...first, ...rows].slice(0, mostTold)
      if (rows.length > 0) report.rejected([...rows])
      if (count <= rejectLimit) return
      const examples = first.map(describe).join(' ')
      throw new SyncError(
        'ROWS_REJECTED',
        `${step === 'EXTRACT' ? 'More than ' : ''}${shown(step === 'EXTRACT' ? rejectLimit : count)} rows of stream "${name}" were rejected${step === 'EXTRACT' ? '' : `, and ${shown(rejectLimit)} are tolerated`}. The first: ${examples}`,
        { place: { step, stream: name } },
      )
    },
    before: (earlier) => {
      count += earlier
    },
  }
}

/** `row 17 (in/2026.csv, line 18), column "amount", value "1.2.3": The value is not a number.` */
const describe = (row: RejectedRow | undefined): string => {
  if (row === undefined) return 'not known.'
  const { position, place, column, rawValue, rule } = row
  const where = [`row ${position === null ? 'unknown' : shown(position)}`, ...(place === null ? [] : [`(${place})`])].join(' ')
  const value = rawValue === null ? '' : `, value ${JSON.stringify(rawValue.length > 60 ? `${rawValue.slice(0, 60)}…` : rawValue)}`
  return `${where}, column "${column}"${value}: ${rule}`
}
