/** What a source hands to the engine, kept as text for the tests of the kinds. */

import type { CopyChunk, RowWriter } from '@aiia/core/sync/source'

const nothing: CopyChunk = { data: Buffer.alloc(0), rows: 0, bytes: 0 }

/** A writer of rows that keeps their values; bytes as the text that they are. */
export const keptValues = (): { values: (string | null)[][]; rows: RowWriter } => {
  const values: (string | null)[][] = []
  let row: (string | null)[] = []
  let width = 0
  const rows: RowWriter = {
    set: (column, source, from, to) => {
      row[column] = source.toString('utf8', from, to)
      width = Math.max(width, column + 1)
    },
    push: () => {
      values.push(row)
      row = []
    },
    reject: () => {},
    placeOf: null,
    isFull: false,
    take: () => nothing,
    end: () => {
      for (const kept of values) for (let at = 0; at < width; at += 1) kept[at] ??= null
      return nothing
    },
  }
  return { values, rows }
}

/** How something fails that must. */
export const failed = (work: Promise<unknown>): Promise<{ code: string | undefined; message: string }> =>
  work.then(
    () => {
      throw new Error('It was accepted.')
    },
    (error: { code?: string; message: string }) => ({ code: error.code, message: error.message }),
  )
