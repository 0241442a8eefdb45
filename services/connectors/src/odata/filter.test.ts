import { describe, expect, test } from 'vitest'
import type { ReadProperty } from './columns.ts'
import { filterOf, sinceFilter } from './filter.ts'

const property = (edmType: string, changes: Partial<ReadProperty> = {}): ReadProperty => ({
  name: 'P',
  sourceType: edmType,
  type: 'text',
  nullable: false,
  edmType,
  rewrite: null,
  isCut: false,
  ...changes,
})
const since = (value: string, inclusive = true) => ({ column: 'P', value, inclusive })

describe('a cursor', () => {
  test.each([
    ['Edm.DateTime', '2026-11-24 10:35:00.123', "datetime'2026-11-24T10:35:00.123'", null],
    ['Edm.DateTime', '2026-11-24', "datetime'2026-11-24T00:00:00'", null],
    ['Edm.DateTimeOffset', '2026-11-24 10:35:00.123456+00', "datetimeoffset'2026-11-24T10:35:00.123456Z'", '2026-11-24T10:35:00.123456Z'],
    ['Edm.DateTimeOffset', '2026-11-24T10:35:00Z', "datetimeoffset'2026-11-24T10:35:00Z'", '2026-11-24T10:35:00Z'],
    ['Edm.Date', '2026-11-24', '2026-11-24', '2026-11-24'],
    ['Edm.Int32', '-5', '-5', '-5'],
    ['Edm.Int64', '9007199254740993', '9007199254740993L', '9007199254740993'],
    ['Edm.Decimal', '20261124103500.1234567', '20261124103500.1234567M', '20261124103500.1234567'],
    ['Edm.String', "O'Neil", "'O''Neil'", "'O''Neil'"],
  ])('of %s, %s', (edmType, value, v2, v4) => {
    expect(sinceFilter(property(edmType), since(value), 'v2')).toBe(`P ge ${v2}`)
    if (v4 !== null) expect(sinceFilter(property(edmType), since(value), 'v4')).toBe(`P ge ${v4}`)
  })

  test.each(['infinity', '0044-03-15 BC', "2026-11-24 10:35:00' or true", '2026-11-24 10:35:00+02'])('%s is refused', (value) => {
    expect(() => sinceFilter(property('Edm.DateTimeOffset'), since(value), 'v4')).toThrow(
      expect.objectContaining({ code: 'INVALID_QUERY', message: expect.stringContaining(value) }),
    )
  })
})

test('what is later only, and what has no value where a key finds it again', () => {
  expect(sinceFilter(property('Edm.Int32', { nullable: true }), since('5', false), 'v4')).toBe('P gt 5')
  expect(sinceFilter(property('Edm.Int32', { nullable: true }), since('5', true), 'v4')).toBe('(P ge 5 or P eq null)')
})

test('a value without all its digits is asked for again', () => {
  const value = since('2026-12-31 23:59:59.5+00', false)
  expect(sinceFilter(property('Edm.DateTimeOffset', { isCut: true }), value, 'v4')).toBe('P ge 2026-12-31T23:59:59.5Z')
  expect(sinceFilter(property('Edm.DateTimeOffset'), value, 'v4')).toBe('P gt 2026-12-31T23:59:59.5Z')
})

test('stands beside what people wrote', () => {
  expect(filterOf(undefined, null)).toBeNull()
  expect(filterOf('a or b', null)).toBe('a or b')
  expect(filterOf(undefined, 'c')).toBe('c')
  expect(filterOf('a or b', 'c')).toBe('(a or b) and c')
})
