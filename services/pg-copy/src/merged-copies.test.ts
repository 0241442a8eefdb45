import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { CopyPiece } from './copy-out.ts'
import { mergedCopies, wholeRows } from './merged-copies.ts'

const copyData = (payload: Buffer): Buffer => {
  const head = Buffer.from('d\0\0\0\0', 'latin1')
  head.writeUInt32BE(payload.length + 4, 1)
  return Buffer.concat([head, payload])
}

const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const trailer = Buffer.from([0xff, 0xff])

/** A row of one value. */
const rowOf = (value: string): Buffer => {
  const head = Buffer.from([0, 1, 0, 0, 0, 0])
  head.writeUInt32BE(value.length, 2)
  return Buffer.concat([head, Buffer.from(value, 'latin1')])
}

/** As a server sends them: the header stands in front of the first row, or of the trailer. */
const copyOf = (values: readonly string[]): Buffer => {
  const payloads = [...values.map(rowOf), trailer]
  return Buffer.concat(payloads.map((payload, at) => copyData(at === 0 ? Buffer.concat([header, payload]) : payload)))
}

async function* cutAt(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<CopyPiece, void, void> {
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].toSorted((a, b) => a - b)
  for (const [index, place] of places.entries()) {
    if (index > 0) yield { data: bytes.subarray(places[index - 1], place), rows: 0, bytes: 0 }
  }
}

const never = (): void => {
  throw new Error('It was left.')
}

const merge = async (streams: readonly AsyncIterable<CopyPiece>[], leave = never) => {
  const pieces: CopyPiece[] = []
  for await (const piece of mergedCopies(streams, leave)) pieces.push(piece)
  const counted = { rows: 0, bytes: 0 }
  for (const { rows, bytes } of pieces) {
    counted.rows += rows
    counted.bytes += bytes
  }
  return { ...counted, data: Buffer.concat(pieces.map(({ data }) => data)) }
}

/** What stands in a binary COPY, which must be in order. */
const valuesIn = (data: Buffer): string[] => {
  const payloads: Buffer[] = []
  for (let at = 0; at < data.length; ) {
    const size = 1 + data.readUInt32BE(at + 1)
    expect(data[at]).toBe(0x64)
    payloads.push(data.subarray(at + 5, at + size))
    at += size
  }
  expect(payloads[0]).toEqual(header)
  expect(payloads.at(-1)).toEqual(trailer)
  return payloads.slice(1, -1).map((row) => {
    expect(row.readInt16BE(0)).toBe(1)
    return row.toString('latin1', 6)
  })
}

const cells = fc.array(fc.string({ unit: 'binary-ascii', maxLength: 40 }), { maxLength: 20 })
const copies = fc.array(fc.tuple(cells, fc.array(fc.nat(), { maxLength: 30 })), { minLength: 1, maxLength: 5 })

test('every row of every COPY is in the one that comes out, wherever the sockets cut', async () => {
  await fc.assert(
    fc.asyncProperty(copies, async (given) => {
      const { data, rows, bytes } = await merge(given.map(([values, cuts]) => wholeRows(cutAt(copyOf(values), cuts))))
      const all = given.flatMap(([values]) => values)
      expect(valuesIn(data).toSorted()).toEqual(all.toSorted())
      expect(rows).toBe(all.length)
      expect(bytes).toBe(all.reduce((sum, value) => sum + rowOf(value).length, 0))
    }),
  )
})

test('COPYs are read side by side', async () => {
  let done = (): void => {}
  const first = new Promise<void>((resolve) => {
    done = resolve
  })
  async function* waiting(): AsyncGenerator<CopyPiece, void, void> {
    await first
    yield* wholeRows(cutAt(copyOf(['late']), []))
  }
  async function* leading(): AsyncGenerator<CopyPiece, void, void> {
    yield* wholeRows(cutAt(copyOf(['early']), []))
    done()
  }
  const { data } = await merge([waiting(), leading()])
  expect(valuesIn(data)).toEqual(['early', 'late'])
})

test('where one fails, the others are left, even those that wait', async () => {
  let end = (_reason: Error): void => {}
  const promise = new Promise<void>((_resolve, reject) => {
    end = reject
  })
  async function* waiting(): AsyncGenerator<CopyPiece, void, void> {
    await promise
    yield* wholeRows(cutAt(copyOf(['never']), []))
  }
  // oxlint-disable-next-line require-yield -- it fails before its first piece
  async function* failing(): AsyncGenerator<CopyPiece, void, void> {
    throw new Error('The source is gone.')
  }
  const leave = vi.fn<() => void>(() => end(new Error('left')))
  await expect(merge([waiting(), failing()], leave)).rejects.toThrow('The source is gone.')
  expect(leave).toHaveBeenCalledTimes(1)
})
