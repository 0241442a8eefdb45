/** Record counts of a run: what was read, and what became of it. */

/**
 * All are rows, but `bytes` (as read from the source) and `expected` (rows the source announces, null where it
 * cannot tell). They only grow while an attempt runs, and are exact when the run ends. JavaScript numbers are
 * exact up to 2^53-1, which is also the range of the API's `Long`.
 */
export type RecordCounts = {
  read: number
  rejected: number
  /** Rows whose primary key came again later in the same extract; the later row won. */
  superseded: number
  inserted: number
  updated: number
  unchanged: number
  deleted: number
  bytes: number
  expected: number | null
}

export const noRecords: Readonly<RecordCounts> = {
  read: 0,
  rejected: 0,
  superseded: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  bytes: 0,
  expected: null,
}

/** Rows of the extract that are now in the destination. */
export const ingested = (counts: RecordCounts): number => counts.inserted + counts.updated + counts.unchanged

/** A completed run accounts for every row it read. */
export const balances = (counts: RecordCounts): boolean => counts.read === ingested(counts) + counts.rejected + counts.superseded

export const addCounts = (a: RecordCounts, b: RecordCounts): RecordCounts => ({
  read: a.read + b.read,
  rejected: a.rejected + b.rejected,
  superseded: a.superseded + b.superseded,
  inserted: a.inserted + b.inserted,
  updated: a.updated + b.updated,
  unchanged: a.unchanged + b.unchanged,
  deleted: a.deleted + b.deleted,
  bytes: a.bytes + b.bytes,
  expected: a.expected === null || b.expected === null ? null : a.expected + b.expected,
})
