import { expect, test } from 'vitest'
import { createMovingRate } from './moving-rate.ts'

test('the first reading counts in full, and later ones move it bit by bit', () => {
  const rate = createMovingRate(0)
  expect(rate.flows()).toBe(false)
  expect(rate.reading(1_000, 1_000)).toBe(1_000)
  expect(rate.reading(3_000, 2_000)).toBe(1_200)
  expect(rate.flows()).toBe(true)
})

test('readings too near to each other change nothing, and lose no rows', () => {
  const rate = createMovingRate(0)
  expect(rate.reading(10, 10)).toBeNull()
  expect(rate.reading(100, 100)).toBe(1_000)
  expect(rate.reading(150, 110)).toBe(1_000)
  expect(rate.reading(200, 200)).toBe(1_000)
})

test('a source that was silent is as fast as it goes on', () => {
  const rate = createMovingRate(0)
  rate.reading(90_000, 1_000)
  rate.silent(4_000)
  expect(rate.flows()).toBe(false)
  expect(rate.reading(90_000, 4_001)).toBe(0)
  expect(rate.reading(90_500, 5_000)).toBe(500)
})

test('a new attempt that counts from nothing is not slower than nothing', () => {
  const rate = createMovingRate(0)
  rate.reading(1_000, 1_000)
  expect(rate.reading(0, 2_000)).toBe(800)
})
