import { expect, test } from 'vitest'
import { roundUp, timeTicks } from './axis.ts'

test('the end of an axis is a round number', () => {
  expect([0, 1, 3, 48, 52, 620, 2_398, 99_999, 100_000].map(roundUp)).toEqual([1, 1, 3, 50, 60, 800, 3_000, 100_000, 100_000])
})

test('an axis has a few round moments, whatever its length', () => {
  expect(timeTicks(4_000)).toEqual([0, 1_000, 2_000, 3_000])
  expect(timeTicks(83_000)).toEqual([0, 30_000, 60_000])
  expect(timeTicks(60_000)).toEqual([0, 15_000, 30_000, 45_000])
  for (const span of [1, 90, 700, 5_000, 3_600_000, 86_400_000, 30 * 86_400_000]) expect(timeTicks(span).length).toBeLessThanOrEqual(6)
})
