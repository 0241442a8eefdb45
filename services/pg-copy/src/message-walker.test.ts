import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMessageWalker } from './message-walker.ts'

const message = (type: string, payload: Buffer): Buffer => {
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeUInt32BE(payload.length + 4, 1)
  return Buffer.concat([head, payload])
}

const copyData = (payload: Buffer) => message('d', payload)

/** Feeds the bytes cut at the given places, and collects what comes out. */
const walk = (bytes: Buffer, cuts: readonly number[] = []) => {
  const seen = { data: [] as Buffer[], rows: 0, bytes: 0, messages: [] as [string, string][] }
  const feed = createMessageWalker({
    copyData: (data, rows, size) => {
      seen.data.push(Buffer.from(data))
      seen.rows += rows
      seen.bytes += size
    },
    message: (type, payload) => seen.messages.push([type, payload.toString('latin1')]),
  })
  const places = [0, ...[...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b), bytes.length]
  for (const [index, place] of places.entries()) if (index > 0) feed(bytes.subarray(places[index - 1], place))
  return { ...seen, data: Buffer.concat(seen.data) }
}

const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const row = (size: number) => Buffer.concat([Buffer.from([0, 1, 0, 0, 0, size]), Buffer.alloc(size, 0x61)])
const trailer = Buffer.from([0xff, 0xff])

const stream = (sizes: readonly number[]) => {
  const rows = sizes.map(row)
  const [first, ...rest] =
    rows.length === 0 ? [Buffer.concat([header, trailer])] : [...rows.with(0, Buffer.concat([header, rows[0] ?? trailer])), trailer]
  const frames = [first ?? trailer, ...rest].map(copyData)
  return { frames: Buffer.concat(frames), payload: frames.reduce((sum, frame) => sum + frame.length - 5, 0) }
}

test('rows are counted and bytes handed on, wherever the socket cuts', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 40 }), (sizes, cuts) => {
      const { frames, payload } = stream(sizes)
      const around = Buffer.concat([
        message('1', Buffer.alloc(0)),
        message('H', Buffer.from('out')),
        frames,
        message('c', Buffer.alloc(0)),
        message('C', Buffer.from('COPY')),
        message('Z', Buffer.from('I')),
      ])
      const seen = walk(around, cuts)
      expect(seen.data.equals(frames)).toBe(true)
      expect(seen.rows).toBe(sizes.length)
      expect(seen.bytes).toBe(payload)
      expect(seen.messages).toEqual([
        ['1', ''],
        ['H', 'out'],
        ['c', ''],
        ['C', 'COPY'],
        ['Z', 'I'],
      ])
    }),
    { numRuns: 500 },
  )
})

test('a message between rows is taken out of them', () => {
  const { frames } = stream([3, 4])
  const notice = message('N', Buffer.from('careful'))
  for (let cut = 0; cut < frames.length + notice.length; cut += 1) {
    const firstFrame = 5 + header.length + row(3).length
    const seen = walk(Buffer.concat([frames.subarray(0, firstFrame), notice, frames.subarray(firstFrame)]), [cut])
    expect(seen.data.equals(frames)).toBe(true)
    expect(seen.rows).toBe(2)
    expect(seen.messages).toEqual([['N', 'careful']])
  }
})
