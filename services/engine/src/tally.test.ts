import { noRecords } from '@aiia/core/job-run/counts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTally } from './tally.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const open = () => {
  const told: number[] = []
  const tally = createTally({
    log: () => {},
    step: () => {},
    rejected: () => {},
    begins: () => {},
    kept: async () => {},
    counts: ({ read }) => told.push(read),
  })
  return { told, tally }
}

test('chunks that follow one another are told ten times a second', () => {
  const { told, tally } = open()
  for (let chunk = 0; chunk < 100; chunk += 1) {
    tally.add({ rows: 1, bytes: 10, rejected: 0 })
    vi.advanceTimersByTime(10)
  }
  expect(told.length).toBeGreaterThanOrEqual(10)
  expect(told.length).toBeLessThanOrEqual(11)
})

test('what came last before the source stalls is told', () => {
  const { told, tally } = open()
  tally.add({ rows: 1, bytes: 10, rejected: 0 })
  tally.add({ rows: 4, bytes: 10, rejected: 0 })
  expect(told).toEqual([1])
  vi.advanceTimersByTime(100)
  expect(told).toEqual([1, 5])
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([1, 5])
})

test('a stream that is done is told at once, and nothing after it', () => {
  const { told, tally } = open()
  tally.add({ rows: 1, bytes: 10, rejected: 0 })
  tally.add({ rows: 4, bytes: 10, rejected: 0 })
  tally.close({ ...noRecords, read: 5 })
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([1, 5])
})
