import { expect, test } from 'vitest'
import { printLogLine, toSingleLine } from './log-line.ts'

test('a line prints as the document shows it, in UTC', () => {
  const at = new Date('2026-05-24T02:00:03.987Z')
  expect(printLogLine({ at, level: 'INFO', message: 'Starting data refresh job run #14802 (SAP ERP DB)' })).toBe(
    '[2026-05-24 02:00:03] INFO: Starting data refresh job run #14802 (SAP ERP DB)',
  )
})

test('control characters and escape codes are shown, not executed', () => {
  expect(toSingleLine('a\nb\r\tc\u001b[31mred\u0000\u202eend')).toBe('a\\nb\\r\\tc\\u001b[31mred\\u0000\\u202eend')
})

test('an endless message is cut and says by how much', () => {
  const line = toSingleLine('x'.repeat(8_100))
  expect(line).toHaveLength(8_000 + '… (100 characters left out)'.length)
  expect(line).toMatch(/… \(100 characters left out\)$/)
})

test('letters of any script stay', () => {
  expect(toSingleLine('Überweisung 支払い ✓ 😀')).toBe('Überweisung 支払い ✓ 😀')
})
