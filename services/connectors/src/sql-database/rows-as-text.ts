/** Rows of drivers that hand over values instead of bytes, printed into a writer of rows; the only place with an array a row. */

import type { CopyChunk, RowWriter } from '@aiia/core/sync/source'

/** The values of one row, in the order of the columns that were asked for. */
export type ValueRow = readonly unknown[]

/** A value that is not NULL as its text, or as the bytes that it is. */
export type PrintValue = (value: unknown) => string | Buffer

/** How a value is printed that its driver gives in a form of its own. */
export const printPlain: PrintValue = (value) => {
  if (typeof value === 'string' || Buffer.isBuffer(value)) return value
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  throw new TypeError(`A driver has given a value that nothing prints: ${Object.prototype.toString.call(value)}.`)
}

const point = '.'
/** Postgres keeps so many digits of a second. */
const keptDigits = 6

/**
 * Prints a time without the digits that Postgres does not keep. They are cut, never rounded: a time must not move to one
 * that the source does not have yet.
 *
 * @param lost called for each value that loses something
 */
export const printMicroseconds =
  (lost: () => void): PrintValue =>
  (value) => {
    // Oracle leaves the place of the sign empty.
    const text = String(value).trimStart()
    const dot = text.lastIndexOf(point)
    const end = dot + 1 + keptDigits
    if (dot < 0 || text.length <= end) return text
    if (/[1-9]/.test(text.slice(end))) lost()
    return text.slice(0, end)
  }

const scratchSize = 65_536
/** A UTF-16 unit has at most so many bytes in UTF-8. */
const mostBytes = 3

/**
 * A batch is taken from the driver when the last one has been written, so a driver that gives batches on demand is as slow
 * as whoever takes the chunks.
 */
export async function* writeValues(
  batches: AsyncIterable<readonly ValueRow[]>,
  printers: readonly PrintValue[],
  rows: RowWriter,
): AsyncGenerator<CopyChunk, void, void> {
  let scratch = Buffer.allocUnsafe(scratchSize)
  let used = 0
  const write = (column: number, text: string): void => {
    const most = text.length * mostBytes
    if (most > scratchSize) {
      const own = Buffer.from(text)
      rows.set(column, own, 0, own.length)
      return
    }
    // The writer still reads what the row has so far, so a full buffer is left to it.
    if (used + most > scratch.length) [scratch, used] = [Buffer.allocUnsafe(scratchSize), 0]
    const from = used
    used += scratch.write(text, used)
    rows.set(column, scratch, from, used)
  }
  for await (const batch of batches) {
    for (const row of batch) {
      used = 0
      for (let column = 0; column < printers.length; column += 1) {
        const value = row[column]
        if (value === null || value === undefined) continue
        const printed = (printers[column] as PrintValue)(value)
        if (typeof printed === 'string') write(column, printed)
        else rows.set(column, printed, 0, printed.length)
      }
      rows.push()
      if (rows.isFull) yield rows.take()
    }
  }
  yield rows.end()
}
