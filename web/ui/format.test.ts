import { expect, test } from 'vitest'
import { formatBytes, formatCount, formatDuration, formatRelative, formatShort, formatTicking, formatUtc } from './format.ts'

test('counts have thousands separators', () => {
  expect(formatCount(0)).toBe('0')
  expect(formatCount(1_234_567)).toBe('1,234,567')
  expect(formatCount(44_120.6)).toBe('44,121')
})

test('along an axis counts are short', () => {
  expect([0, 0.5, 750, 2_500, 52_000, 1_200_000].map(formatShort)).toEqual(['0', '0.5', '750', '2.5K', '52K', '1.2M'])
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [58_700_000, '58.7 MB'],
  [2 ** 53, '9.0 PB'],
])('%d bytes', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

test.each([
  [0, '0ms'],
  [999, '999ms'],
  [4_200, '4.2s'],
  [9_999, '10s'],
  [59_600, '1m 00s'],
  [83_000, '1m 23s'],
  [3_600_000, '1h 00m'],
  [7_500_000, '2h 05m'],
])('%d ms', (ms, text) => expect(formatDuration(ms)).toBe(text))

test('a ticking duration shows whole seconds', () => {
  expect([0, 999, 4_900, 59_999, 60_000, 83_999].map(formatTicking)).toEqual(['0s', '0s', '4s', '59s', '1m 00s', '1m 23s'])
})

test('a relative time says how long ago, or how soon', () => {
  const now = Date.UTC(2026, 4, 24, 2)
  expect(formatRelative(now - 4_000, now)).toBe('just now')
  expect(formatRelative(now - 12_000, now)).toBe('12s ago')
  expect(formatRelative(now - 3 * 3_600_000, now)).toBe('3h ago')
  expect(formatRelative(now + 5 * 3_600_000, now)).toBe('in 5h')
  expect(formatRelative(now - 40 * 86_400_000, now)).toBe('1mo ago')
})

test('an absolute time is in UTC', () => expect(formatUtc(Date.UTC(2026, 4, 24, 2, 0, 3))).toBe('2026-05-24 02:00:03 UTC'))
