import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundOfBytes, filesWithin } from './file-ranges.ts'
import type { StoredFile } from './file-store.ts'

const fileOf = (path: string, size: number): StoredFile => ({ path, size, version: '1', modifiedAt: null })
const files = [fileOf('a', 10), fileOf('b', 30), fileOf('c', 0), fileOf('d', 20)]

test.each([
  { after: null, bytes: 10, bound: ['a'] },
  { after: null, bytes: 11, bound: ['b'] },
  { after: ['a'], bytes: 1, bound: ['b'] },
  { after: ['b'], bytes: 1, bound: null },
  { after: ['aa'], bytes: 30, bound: ['b'] },
  { after: null, bytes: 60, bound: null },
  { after: null, bytes: 61, bound: null },
  { after: ['d'], bytes: 1, bound: null },
])('behind $after, $bytes bytes end with $bound', ({ bound, ...from }) => {
  expect(boundOfBytes(files, from)).toEqual(bound)
})

test('ranges one behind the other have every file once, in order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 })),
      fc.infiniteStream(fc.nat(100)),
      fc.integer({ min: 1, max: 200 }),
      (paths, sizes, bytes) => {
        const listed = paths.toSorted((one, other) => (one < other ? -1 : 1)).map((path) => fileOf(path, sizes.next().value))
        const read: StoredFile[] = []
        for (let after: readonly string[] | null = null; ; ) {
          const upTo = boundOfBytes(listed, { after, bytes })
          read.push(...filesWithin(listed, { after, upTo }))
          if (upTo === null) break
          after = upTo
        }
        expect(read).toEqual(listed)
      },
    ),
  )
})
