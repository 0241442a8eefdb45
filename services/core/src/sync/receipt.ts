/** What a run states about one stream that it has committed, for who must rely on the numbers. */

import type { RecordCounts } from '../job-run/counts.ts'
import type { SyncMode } from './configuration.ts'

export type StreamReceipt = {
  stream: string
  mode: SyncMode
  /** read = inserted + updated + unchanged + superseded + rejected. */
  counts: RecordCounts
  /** Of the source and of what was committed, where the stream asks for it; null: no comparison. */
  controlTotals: ControlTotals | null
  /** Cursor value behind which this run read, and the one behind which the next will; null without a cursor. */
  cursor: { field: string; from: string | null; to: string | null } | null
}

export type ControlTotals = { rows: TotalPair; sums: ({ column: string } & TotalPair)[] }

/** Decimal texts, exact whatever their size. */
export type TotalPair = { source: string; committed: string }
