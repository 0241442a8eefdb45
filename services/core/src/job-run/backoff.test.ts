import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('waits grow from seconds to at most five minutes, with jitter', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), random, (attempt, jitter) => {
      const wait = backoffMs(attempt, jitter)
      const ceiling = Math.min(5_000 * 2 ** (attempt - 1), 300_000)
      expect(wait).toBeGreaterThanOrEqual(ceiling / 2)
      expect(wait).toBeLessThanOrEqual(ceiling)
    }),
  )
})

test('Retry-After is never undercut', () => {
  expect(backoffMs(1, 0, 60_000)).toBe(60_000)
  expect(backoffMs(9, 0.5, 1_000)).toBeGreaterThan(1_000)
})
