/** A writer of rows that keeps them as strings, for tests of what reads rows. */

import type { CopyChunk, RowWriter } from '@aiia/core/sync/source'

export type CollectedRows = RowWriter & {
  collected: (string | null)[][]
  rejected: { raw: string; rule: string; place: string | null }[]
}

export const collectRows = (columns: number): CollectedRows => {
  let row: { source: Buffer; from: number; to: number }[] = []
  const text = (column: number): string | null => {
    const value = row[column]
    return value === undefined ? null : value.source.toString('utf8', value.from, value.to)
  }
  const nothing: CopyChunk = { data: Buffer.alloc(0), rows: 0, bytes: 0 }
  const rows: CollectedRows = {
    collected: [],
    rejected: [],
    set: (column, source, from, to) => {
      row[column] = { source, from, to }
    },
    push: () => {
      rows.collected.push(Array.from({ length: columns }, (_, column) => text(column)))
      row = []
    },
    reject: (raw, rule) => {
      rows.rejected.push({ raw, rule, place: rows.placeOf?.() ?? null })
      row = []
    },
    placeOf: null,
    isFull: false,
    take: () => nothing,
    end: () => nothing,
  }
  return rows
}

/** The chunks that two or three cuts make of the bytes. */
export async function* cutAt(bytes: Buffer, ...places: number[]): AsyncGenerator<Buffer, void, void> {
  let from = 0
  for (const to of [...places.toSorted((one, other) => one - other), bytes.length]) {
    if (to > from) yield bytes.subarray(from, to)
    from = to
  }
}

export const drained = async (chunks: AsyncIterable<unknown>): Promise<void> => {
  const iterator = chunks[Symbol.asyncIterator]()
  while ((await iterator.next()).done !== true);
}
