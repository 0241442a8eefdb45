import { expect, test } from 'vitest'
import { duration, number, table, time } from './format.ts'

test.each([
  [0, '0.0s'],
  [4_213, '4.2s'],
  [83_000, '1m 23s'],
  [3_600_000, '1h 0m 0s'],
  [59_600, '1m 0s'],
])('%i ms reads %s', (ms, text) => expect(duration(ms)).toBe(text))

test('numbers have thousands separators, times are UTC', () => {
  expect(number(1_234_567)).toBe('1,234,567')
  expect(time('2026-05-24T02:00:03.123Z')).toBe('2026-05-24 02:00:03')
  expect(time(null)).toBe('')
})

test('a table aligns its columns', () => {
  expect(
    table(
      ['NAME', 'RECORDS'],
      [
        ['SAP', '1,000'],
        ['Warehouse', '7'],
      ],
      ['RECORDS'],
    ),
  ).toBe('NAME       RECORDS\nSAP          1,000\nWarehouse        7')
})
