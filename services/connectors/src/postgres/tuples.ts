/** The tuples of a binary COPY, value by value, for streams whose mapping changes something. */

import type { CopyChunk, RowWriter } from '@aiia/core/sync/source'
import type { CopyPiece } from '@aiia/pg-copy/copy-out'

/** `d` and the length. */
const frameSize = 5
const lengthSize = 4
/** The first message holds the signature, flags and the length of an extension. */
const headerSize = 19

/** One CopyData message is one tuple; a message may be cut anywhere between two pieces. */
export async function* writeRows(
  pieces: AsyncIterable<CopyPiece>,
  columns: number,
  rows: RowWriter,
): AsyncGenerator<CopyChunk, void, void> {
  let rest: Buffer = Buffer.alloc(0)
  let first = true
  for await (const { data } of pieces) {
    const buffer = rest.length === 0 ? data : Buffer.concat([rest, data])
    let at = 0
    while (buffer.length - at >= frameSize) {
      const end = at + 1 + buffer.readUInt32BE(at + 1)
      if (buffer.length < end) break
      const begin = at + frameSize + (first ? headerSize : 0)
      first = false
      // The header alone, or the end marker, is no tuple.
      if (end - begin >= 2 && buffer.readInt16BE(begin) === columns) writeRow(buffer, begin + 2, columns, rows)
      at = end
      if (rows.isFull) yield rows.take()
    }
    rest = buffer.subarray(at)
  }
  yield rows.end()
}

const writeRow = (buffer: Buffer, begin: number, columns: number, rows: RowWriter): void => {
  let at = begin
  for (let column = 0; column < columns; column += 1) {
    const size = buffer.readInt32BE(at)
    at += lengthSize
    if (size < 0) continue
    rows.set(column, buffer, at, at + size)
    at += size
  }
  rows.push()
}
