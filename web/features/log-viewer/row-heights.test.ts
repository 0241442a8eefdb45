import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRowHeights, rowHeight } from './row-heights.ts'

const measurements = fc.array(fc.record({ index: fc.nat(3_000), lines: fc.integer({ min: 1, max: 9 }) }), { maxLength: 60 })

test('a row stands below all rows before it, whatever was measured in whatever order', () => {
  fc.assert(
    fc.property(measurements, fc.nat(3_100), (measured, index) => {
      const heights = createRowHeights()
      const lines = new Map<number, number>()
      for (const row of measured) {
        const isNews = (lines.get(row.index) ?? 1) !== row.lines
        expect(heights.measured(row.index, row.lines * rowHeight)).toBe(isNews)
        lines.set(row.index, row.lines)
      }
      const extra = [...lines].reduce((sum, [at, count]) => sum + (at < index ? (count - 1) * rowHeight : 0), 0)
      const top = heights.topOf(index)
      expect(top).toBe(index * rowHeight + extra)
      const bottom = top + (lines.get(index) ?? 1) * rowHeight
      expect([heights.rowAt(top), heights.rowAt(bottom - 1), heights.rowAt(bottom)]).toEqual([index, index, index + 1])
    }),
  )
})

test('what was measured for another width is forgotten', () => {
  const heights = createRowHeights()
  heights.measured(3, 100)
  heights.forget()
  expect(heights.topOf(10)).toBe(10 * rowHeight)
})
