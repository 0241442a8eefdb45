import { expect, test } from 'vitest'
import { mostAttempts, nextAttemptInMs } from './retry.ts'

test('the waits grow from seconds to hours, and end', () => {
  const waits = Array.from({ length: mostAttempts }, (_, index) => nextAttemptInMs(index + 1, 0))
  expect(waits).toEqual([10_000, 60_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, null])
})

test('those that failed together are spread, and what a receiver asks for is heeded within reason', () => {
  expect(nextAttemptInMs(1, 0.999)).toBe(10_999)
  expect(nextAttemptInMs(1, 0, 90_000)).toBe(90_000)
  expect(nextAttemptInMs(1, 0, 10 ** 12)).toBe(36_000_000)
  expect(nextAttemptInMs(mostAttempts, 0, 90_000)).toBeNull()
})
