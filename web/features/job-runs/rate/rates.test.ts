import { expect, test } from 'vitest'
import { allPoints, type RatePoint, stretchesOf, summaryOf, withPoint } from './rates.ts'

const start = Date.parse('2026-05-24T02:00:00.000Z')
const iso = (seconds: number) => new Date(start + seconds * 1_000).toISOString()
const point = (seconds: number, read: number): RatePoint => ({ at: iso(seconds), read })
const attempt = (number: number, from: number, to: number | null, read: number) => ({
  number,
  startedAt: iso(from),
  finishedAt: to === null ? null : iso(to),
  counts: { read },
})
const rates = (stretches: ReturnType<typeof stretchesOf>) =>
  stretches.map(({ attempt: number, from, to, rowsPerSecond }) => [number, (from - start) / 1_000, (to - start) / 1_000, rowsPerSecond])

test('the rate of each stretch is what was read in it, from the start to the end of the attempt', () => {
  const stretches = stretchesOf([attempt(1, 0, 4, 700)], [point(1, 100), point(2, 500)], start)
  expect(rates(stretches)).toEqual([
    [1, 0, 1, 100],
    [1, 1, 2, 400],
    [1, 2, 4, 100],
  ])
  expect(summaryOf(stretches)).toEqual({ peak: 400, average: 175 })
})

test('a run that goes on ends at its last reading, and at now when it says nothing', () => {
  const running = [attempt(1, 0, null, 500)]
  expect(rates(stretchesOf(running, [point(1, 500)], start + 2_000))).toEqual([[1, 0, 1, 500]])
  expect(rates(stretchesOf(running, [point(1, 500)], start + 5_000))).toEqual([
    [1, 0, 1, 500],
    [1, 1, 5, 0],
  ])
})

test('each attempt begins at zero, with a gap where the run waited', () => {
  const stretches = stretchesOf([attempt(1, 0, 2, 0), attempt(2, 10, 12, 400)], [point(1, 0), point(11, 300)], start)
  expect(rates(stretches)).toEqual([
    [1, 0, 1, 0],
    [1, 1, 2, 0],
    [2, 10, 11, 300],
    [2, 11, 12, 100],
  ])
})

test('what earlier attempts have committed is no speed of a later one', () => {
  const stretches = stretchesOf([attempt(1, 0, 2, 900), attempt(2, 10, 13, 1_000)], [point(1, 500), point(11, 800), point(12, 950)], start)
  expect(rates(stretches).slice(2)).toEqual([
    [2, 10, 11, 0],
    [2, 11, 12, 150],
    [2, 12, 13, 50],
  ])
})

test('of many readings neighbours are joined, and no row is lost', () => {
  const points = Array.from({ length: 999 }, (_, index) => point(index + 1, (index + 1) * (index % 2 === 0 ? 10 : 11)))
  const stretches = stretchesOf([attempt(1, 0, 1_000, 10_000)], points, start)
  expect(stretches.length).toBeLessThanOrEqual(120)
  expect([stretches[0]?.from, stretches.at(-1)?.to]).toEqual([start, start + 1_000_000])
  expect(stretches.at(-1)?.read).toBe(10_000)
})

test('a run without an attempt has no stretch', () => {
  expect(stretchesOf([], [], start)).toEqual([])
  expect(summaryOf([])).toEqual({ peak: 0, average: 0 })
})

test('points seen here follow those that are stored, and stay few', () => {
  expect(allPoints([point(1, 1), point(2, 2)], [point(1.5, 1), point(3, 3)])).toEqual([point(1, 1), point(2, 2), point(3, 3)])
  let seen: readonly RatePoint[] = []
  for (let index = 0; index < 5_000; index++) seen = withPoint(seen, point(index, index))
  expect(seen.length).toBeLessThanOrEqual(481)
  expect([seen[0], seen.at(-1)]).toEqual([point(0, 0), point(4_999, 4_999)])
  expect(withPoint(seen, point(4_998, 5_000))).toBe(seen)
})
