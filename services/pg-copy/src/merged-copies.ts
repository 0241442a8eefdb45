/** Several binary COPYs as one, whose rows come as they arrive. */

import type { CopyPiece } from './copy-out.ts'

/** Of a CopyData message: `d`, and the length, which counts itself. */
const [frameSize, typeSize, lengthSize] = [5, 1, 4]
/** Signature, flags and the length of an extension: they stand in the first message, in front of its row. */
const headerSize = 19
/** In the place of a row's number of values. */
const noMoreRows = -1

const framed = (payload: Buffer): Buffer => {
  const frame = Buffer.allocUnsafe(frameSize + payload.length)
  frame.write('d', 0, 'latin1')
  frame.writeUInt32BE(lengthSize + payload.length, typeSize)
  payload.copy(frame, frameSize)
  return frame
}

const beginning = framed(Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]))
const ending = framed(Buffer.from([0xff, 0xff]))

/**
 * One complete binary COPY of rows that come in several streams, in no order. Each stream is asked for its next piece as
 * soon as the last one was taken, so all of them are at work.
 *
 * @param streams of `wholeRows` of COPYs with the same columns
 * @param leave is called where one fails or the iteration is left early: it ends what the others wait for
 */
export async function* mergedCopies(
  streams: readonly AsyncIterable<CopyPiece>[],
  leave: () => void,
): AsyncGenerator<CopyPiece, void, void> {
  yield { data: beginning, rows: 0, bytes: 0 }
  yield* merged(streams, leave)
  yield { data: ending, rows: 0, bytes: 0 }
}

/** The rows of a COPY alone, without header and trailer, in pieces that begin and end between two rows. */
export async function* wholeRows(copy: AsyncIterable<CopyPiece>): AsyncGenerator<CopyPiece, void, void> {
  /** The beginning of a message whose end is still to come; only that is ever copied. */
  let cut = nothing
  for await (const buffer of withoutHeader(copy)) {
    let at = 0
    if (cut.length > 0) {
      at = Math.min(buffer.length, sizeOf(cut, buffer) - cut.length)
      cut = Buffer.concat([cut, buffer.subarray(0, at)])
      if (cut.length < sizeOf(cut)) continue
      yield* rowsIn(cut).piece
    }
    const { piece, left } = rowsIn(buffer.subarray(at))
    yield* piece
    cut = left
  }
}

const nothing: Buffer = Buffer.alloc(0)

async function* withoutHeader(copy: AsyncIterable<CopyPiece>): AsyncGenerator<Buffer, void, void> {
  let begun: Buffer | null = nothing
  for await (const { data } of copy) {
    if (begun === null) {
      yield data
      continue
    }
    begun = begun.length === 0 ? data : Buffer.concat([begun, data])
    const size = sizeOf(begun)
    if (begun.length < size) continue
    const row = begun.subarray(frameSize + headerSize, size)
    if (row.length > 0) yield framed(row)
    yield begun.subarray(size)
    begun = null
  }
}

/** Of the message that begins so, type included; Infinity where not even its length has come. */
const sizeOf = (message: Buffer, following: Buffer = nothing): number => {
  const head = message.length < frameSize ? Buffer.concat([message, following.subarray(0, frameSize)]) : message
  return head.length < frameSize ? Number.POSITIVE_INFINITY : typeSize + head.readUInt32BE(typeSize)
}

/** @returns the whole rows, as a piece if there are any, and what is left of the buffer behind them */
const rowsIn = (buffer: Buffer): { piece: CopyPiece[]; left: Buffer } => {
  let [at, rows, bytes] = [0, 0, 0]
  while (buffer.length - at >= frameSize) {
    const size = typeSize + buffer.readUInt32BE(at + typeSize)
    if (buffer.length - at < size) break
    if (buffer.readInt16BE(at + frameSize) === noMoreRows) return { piece: pieceOf(buffer, at, rows, bytes), left: nothing }
    at += size
    rows += 1
    bytes += size - frameSize
  }
  return { piece: pieceOf(buffer, at, rows, bytes), left: buffer.subarray(at) }
}

const pieceOf = (buffer: Buffer, end: number, rows: number, bytes: number): CopyPiece[] =>
  rows === 0 ? [] : [{ data: buffer.subarray(0, end), rows, bytes }]

/** What any of the iterables yields next, each asked one item ahead. */
async function* merged<T>(iterables: readonly AsyncIterable<T>[], leave: () => void): AsyncGenerator<T, void, void> {
  const iterators = iterables.map((iterable) => iterable[Symbol.asyncIterator]())
  const arrived: (() => T)[] = []
  let [atWork, wake] = [iterators.length, (): void => {}]
  const ask = (iterator: AsyncIterator<T>): void => {
    iterator
      .next()
      .then(
        ({ done, value }) => {
          if (done === true) atWork -= 1
          else
            arrived.push(() => {
              ask(iterator)
              return value
            })
        },
        (error: unknown) =>
          arrived.push(() => {
            throw error
          }),
      )
      .finally(() => wake())
  }
  try {
    for (const iterator of iterators) ask(iterator)
    while (atWork > 0) {
      const next = arrived.shift()
      if (next !== undefined) yield next()
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    if (atWork > 0) leave()
    await Promise.allSettled(iterators.map(async (iterator) => iterator.return?.()))
  }
}
