import { expect, test } from 'vitest'
import { axisLabels, extent, inPercent, type Point, typicalDuration } from './points.ts'

const point = (number: number, durationMs: number | null, status: Point['status'] = 'COMPLETED', day = 24): Point => ({
  number,
  status,
  durationMs,
  records: 1,
  finishedAt: new Date(2026, 4, day, 2, number).toISOString(),
})

test('what is typical is told by completed runs only', () => {
  expect(typicalDuration([point(1, 10), point(2, 1_000), point(3, 20), point(4, 1, 'FAILED'), point(5, null)])).toBe(20)
  expect(typicalDuration([point(1, 5, 'ERROR')])).toBeNull()
})

test.each([
  [1, '100%'],
  [0, '0%'],
  [0.9871, '98.7%'],
  [0.99999, '99.9%'],
  [0.00001, '0.1%'],
])('a share of %d is %s', (share, text) => expect(inPercent(share)).toBe(text))

test('the extent says what is left out', () => {
  expect(extent({ runs: 1, points: [point(1, 1)] })).toBe('1 run in 30 days')
  expect(extent({ runs: 9, points: [point(1, 1), point(2, 1)] })).toBe('the newest 2 of 9 runs in 30 days')
})

test('runs of many days are labelled by day, those of few by time', () => {
  expect(axisLabels([point(1, 1, 'COMPLETED', 20), point(2, 1)])(2)).toBe('May 24')
  expect(axisLabels([point(1, 1), point(2, 1)])(2)).toBe('02:02')
  expect(axisLabels([])(7)).toBe('')
})
