import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scrollSpace } from './scroll-space.ts'

const viewport = 600
const lists = fc.record({ total: fc.integer({ min: 0, max: 100_000_000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })

test('every place of a list has its scroll position, in order, and back', () => {
  fc.assert(
    fc.property(lists, ({ total, share }) => {
      const { height, toScroll, toOffset } = scrollSpace(total, viewport)
      const last = Math.max(total - viewport, 0)
      const offset = share * last
      expect(toOffset(toScroll(offset))).toBeCloseTo(offset, 3)
      expect(toScroll(offset)).toBeLessThanOrEqual(toScroll(last))
      expect(toScroll(last)).toBeCloseTo(Math.max(height - viewport, 0), 3)
      expect(height).toBeLessThanOrEqual(8_000_000)
    }),
  )
})

test('near both ends a pixel is a pixel', () => {
  const { toScroll, height } = scrollSpace(24_000_000, viewport)
  expect(toScroll(500_000) - toScroll(499_000)).toBe(1_000)
  expect(height - viewport - toScroll(24_000_000 - viewport - 700_000)).toBe(700_000)
})
