import { expect, test } from 'vitest'
import { mostReadings, noReadings, type RateSeries, withReading } from './rate-series.ts'

/** A reading every `everyMs`, of a source that gives 1,000 rows a second. */
const readFor = (ms: number, everyMs = 100): RateSeries => {
  let series = noReadings
  for (let at = 0; at <= ms; at += everyMs) series = withReading(series, at, at)
  return series
}

test('a reading that comes too soon leaves the series as it is', () => {
  const first = withReading(noReadings, 0, 0)
  expect(withReading(first, 249, 10)).toBe(first)
  expect(withReading(first, 250, 10)).toEqual({ everyMs: 250, elapsedMs: [0, 250], read: [0, 10] })
})

test('a full series has half the readings, half as often, and the newest is among them', () => {
  const full = readFor(250 * (mostReadings - 1), 250)
  expect(full.read).toHaveLength(mostReadings)
  const newest = 250 * mostReadings
  const next = withReading(full, newest, 7)
  expect(next).toMatchObject({ everyMs: 500, elapsedMs: expect.arrayContaining([0, newest]) })
  expect(next.read.at(-1)).toBe(7)
  expect(next.elapsedMs).toHaveLength(mostReadings / 2 + 1)
})

test.each([1_000, 60_000, 3_600_000, 86_400_000])('after %d ms it is small, evenly spread, and reaches to the end', (ms) => {
  const { everyMs, elapsedMs, read } = readFor(ms)
  expect(read.length).toBeLessThanOrEqual(mostReadings)
  expect(elapsedMs).toEqual(read)
  expect(elapsedMs[0]).toBe(0)
  expect(ms - (elapsedMs.at(-1) ?? 0)).toBeLessThan(2 * everyMs)
  const gaps = elapsedMs.slice(1).map((at, index) => at - (elapsedMs[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(everyMs)
  expect(Math.max(...gaps)).toBeLessThan(2 * everyMs)
})
