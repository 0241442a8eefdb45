import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPacketWalker } from './row-stream.ts'

const packet = (payload: Buffer): Buffer => {
  const header = Buffer.alloc(4)
  header.writeUIntLE(payload.length, 0, 3)
  return Buffer.concat([header, payload])
}

test('payloads are found wherever the socket cuts them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
      (sent, cuts) => {
        const bytes = Buffer.concat(sent.map((payload) => packet(Buffer.from(payload))))
        const found: number[][] = []
        const walk = createPacketWalker((buffer, from, to) => found.push([...buffer.subarray(from, to)]))
        for (let [at, turn] = [0, 0]; at < bytes.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1
          walk(bytes.subarray(at, at + size))
          at += size
        }
        expect(found).toEqual(sent.map((payload) => [...payload]))
      },
    ),
    { numRuns: 500 },
  )
})

test('a payload that fills its packet goes on in the next, be that empty', () => {
  const found: number[] = []
  const walk = createPacketWalker((_buffer, from, to) => found.push(to - from))
  const full = packet(Buffer.alloc(0xff_ff_ff))
  for (const rest of [0, 5]) {
    walk(full)
    walk(full)
    walk(packet(Buffer.alloc(rest)))
  }
  walk(packet(Buffer.alloc(3)))
  expect(found).toEqual([2 * 0xff_ff_ff, 2 * 0xff_ff_ff + 5, 3])
})
