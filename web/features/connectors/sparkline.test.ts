import { expect, test } from 'vitest'
import type { JobRunStatus } from '@/graphql/generated/graphql.ts'
import { type BarRun, badEndsOf, barsOf, baseline, durationOf, inWords, outlineOf, runAt } from './sparkline.ts'

const now = Date.UTC(2026, 4, 24, 2)
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()

const run = (number: number, status: JobRunStatus, seconds: number): BarRun => ({
  number,
  status,
  revision: 1,
  startedAt: status === 'PENDING' ? null : at(-seconds),
  finishedAt: status === 'PENDING' || status === 'RUNNING' ? null : at(0),
})

test('the newest run stands at the right, the longest is the highest, and none vanishes', () => {
  const [newest, older, oldest] = barsOf([run(3, 'COMPLETED', 10), run(2, 'FAILED', 100), run(1, 'PENDING', 0)], now)
  expect([newest?.run.number, newest?.x]).toEqual([3, 114])
  expect([older?.x, oldest?.x]).toEqual([108, 102])
  expect(older?.height).toBe(baseline)
  expect(newest?.height).toBeLessThan(baseline)
  expect(oldest?.height).toBeGreaterThan(0)
})

test('bars of one status are one path, which stands on the baseline, and a mark beneath each that went wrong', () => {
  const bars = barsOf([run(2, 'FAILED', 100), run(1, 'FAILED', 50)], now)
  expect(outlineOf(bars)).toBe('M114.5 0.5h3v21h-3zM108.5 11.5h3v10h-3z')
  expect(badEndsOf(bars, 'FAILED')).toBe('M114 24.5l4 4m0-4l-4 4M108 24.5l4 4m0-4l-4 4')
  expect(badEndsOf(bars, 'ERROR')).toMatch(/^M116 24/)
})

test('no more bars than there are places', () => {
  const many = Array.from({ length: 30 }, (_, index) => run(30 - index, 'COMPLETED', 1))
  expect(barsOf(many, now).map(({ x }) => x)).toEqual(Array.from({ length: 20 }, (_, index) => 114 - index * 6))
})

test('a run that goes on lasts until now, one that waits has no duration', () => {
  expect(durationOf(run(1, 'RUNNING', 42), now)).toBe(42_000)
  expect(durationOf(run(1, 'PENDING', 0), now)).toBeNull()
})

test('a place without a bar leads to the nearest run', () => {
  const runs = [run(3, 'COMPLETED', 1), run(2, 'COMPLETED', 1), run(1, 'COMPLETED', 1)]
  expect([0, 0.5, 0.9, 0.97, 1].map((share) => runAt(runs, share)?.number)).toEqual([1, 1, 2, 3, 3])
})

test('all of it in words, the most frequent end first', () => {
  const completed = Array.from({ length: 18 }, (_, index) => run(index, 'COMPLETED', 1))
  expect(inWords([run(20, 'FAILED', 1), ...completed, run(19, 'FAILED', 1)])).toBe('Last 20 runs: 18 completed, 2 failed')
  expect(inWords([run(2, 'RUNNING', 1), run(1, 'ERROR', 1)])).toBe('Last 2 runs: 1 running, 1 ended in error')
  expect(inWords([run(1, 'CANCELLED', 1)])).toBe('Last run: cancelled')
  expect(inWords([])).toBe('No runs yet')
})
