import { expect, test } from 'vitest'
import { queuedWithin, readTimeRange, writeTimeRange } from './time-range.ts'

const read = (query: string) => readTimeRange(new URLSearchParams(query))
const write = (query: string, range: Parameters<typeof writeTimeRange>[1]) => writeTimeRange(new URLSearchParams(query), range).toString()

test('a window or two moments are read from the address, and what makes no sense is left out', () => {
  expect(read('since=24h')).toEqual({ window: '24h' })
  expect(read('from=2026-05-24T02:00Z')).toEqual({ from: '2026-05-24T02:00:00.000Z', to: null })
  expect(read('from=never&to=2026-05-24T02:00Z')).toEqual({ from: null, to: '2026-05-24T02:00:00.000Z' })
  for (const query of ['', 'since=5y', 'from=x&to=y']) expect(read(query)).toBeNull()
})

test('one takes the place of the other in the address', () => {
  expect(write('status=FAILED&from=2026-05-24T02:00Z', { window: '7d' })).toBe('status=FAILED&since=7d')
  expect(write('since=7d', { from: '2026-05-24T02:00:00.000Z', to: null })).toBe('from=2026-05-24T02%3A00Z')
  expect(write('since=7d&trigger=API', null)).toBe('trigger=API')
})

test('what is written is what is read', () => {
  const range = { from: '2026-05-24T02:00:00.000Z', to: '2026-05-24T02:05:30.000Z' }
  expect(read(write('', range))).toEqual(range)
})

test('a window ends now and moves minute by minute; moments stay', () => {
  const now = Date.parse('2026-05-24T02:05:31.500Z')
  expect(queuedWithin({ window: '1h' }, now)).toEqual({ queuedFrom: '2026-05-24T01:05:00.000Z' })
  expect(queuedWithin({ window: '30d' }, now)).toEqual({ queuedFrom: '2026-04-24T02:05:00.000Z' })
  expect(queuedWithin({ window: '1h' }, now + 20_000)).toEqual(queuedWithin({ window: '1h' }, now))
  expect(queuedWithin({ from: null, to: '2026-05-24T02:00:00.000Z' }, now)).toEqual({ queuedTo: '2026-05-24T02:00:00.000Z' })
  expect(queuedWithin(null, now)).toEqual({})
})
