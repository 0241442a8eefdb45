import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLoopGuard } from './loop-guard.ts'

test('a circle is noticed soon, and nothing else is', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.integer({ min: 1, max: 50 }), (way, round) => {
      const isCircle = createLoopGuard()
      const valueAt = (step: number) => `${step < way ? step : way + ((step - way) % round)}`
      let step = 0
      while (!isCircle(valueAt(step))) step += 1
      expect(step).toBeGreaterThanOrEqual(way + round)
      expect(step).toBeLessThanOrEqual(3 * (way + round) + 1)
    }),
  )
})
