import { expect, test } from 'vitest'
import { chooseLine, parseRange, printRange } from './line-range.ts'

test('a permalink names a line or a range', () => {
  expect(parseRange('#L120')).toEqual({ from: 120, to: 120 })
  expect(parseRange('#L140-L120')).toEqual({ from: 120, to: 140 })
  for (const hash of ['', '#', '#L', '#120', '#Lx']) expect(parseRange(hash)).toBeNull()
})

test('what is printed is read back', () => {
  for (const range of [
    { from: 7, to: 7 },
    { from: 7, to: 9 },
  ])
    expect(parseRange(printRange(range))).toEqual(range)
})

test('Shift stretches what is chosen', () => {
  expect(chooseLine({ from: 5, to: 5 }, 9, true)).toEqual({ from: 5, to: 9 })
  expect(chooseLine({ from: 5, to: 9 }, 2, true)).toEqual({ from: 2, to: 9 })
  expect(chooseLine({ from: 5, to: 9 }, 7, false)).toEqual({ from: 7, to: 7 })
  expect(chooseLine(null, 7, true)).toEqual({ from: 7, to: 7 })
})
