import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeColumnNames } from './safe-names.ts'

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

test('names that Postgres takes stay as they are', () => {
  const names = ['id', 'ID', 'Größe (cm)', 'a "quoted" one', 'oid', 'XMIN', ' ', 'é'.repeat(31), 'x'.repeat(63)]
  expect(safeColumnNames(names)).toEqual(names)
})

test.each(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid', '_aiia_run'])('%s is taken already, by Postgres or the platform', (name) => {
  expect(safeColumnNames([name])).toEqual([`${name}_`])
})

test('what no name may hold is left out', () => {
  expect(safeColumnNames(['', 'a\0b', 'xm\0in', '\0', 'half \ud83d'])).toEqual(['column', 'ab', 'xmin_', 'column_2', 'half \ufffd'])
})

test('collisions are counted, in their order', () => {
  expect(safeColumnNames(['a', 'a', 'A', 'a', 'a_2', 'xmin_', 'xmin'])).toEqual(['a', 'a_2', 'A', 'a_3', 'a_2_2', 'xmin_', 'xmin__2'])
})

test('long names are cut between characters, and stay apart by what was cut', () => {
  const long = '😀'.repeat(16)
  const [one, other, again] = safeColumnNames([`${long}1`, `${long}2`, `${long}1`])
  expect(one).toMatch(/^😀{13}_[0-9a-z]{7}$/u)
  expect(other).toMatch(/^😀{13}_[0-9a-z]{7}$/u)
  expect(other).not.toBe(one)
  expect(again).toMatch(/^😀{13}_[0-9a-z]{7}_2$/u)
  expect(safeColumnNames(['x'.repeat(63), 'x'.repeat(63)])[1]).toBe(`${'x'.repeat(61)}_2`)
})

/** Few letters, so that names meet; the ends of what is allowed, and beyond. */
const anyName = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '_', '2', '\0'), maxLength: 4 }),
  fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\ud83d'), minLength: 14, maxLength: 70 }),
  fc.constantFrom('xmin', 'xmin_', '_aiia_run', 'column'),
)

test('any names become different ones that Postgres takes, whatever comes behind them', () => {
  fc.assert(
    fc.property(fc.array(anyName, { maxLength: 30 }), anyName, (names, added) => {
      const safe = safeColumnNames(names)
      expect(new Set(safe).size).toBe(names.length)
      for (const name of safe) {
        expect(bytesOf(name)).toBeGreaterThan(0)
        expect(bytesOf(name)).toBeLessThanOrEqual(63)
        expect(name).not.toContain('\0')
        expect(name.isWellFormed()).toBe(true)
      }
      expect(safeColumnNames(safe)).toEqual(safe)
      expect(safeColumnNames([...names, added]).slice(0, -1)).toEqual(safe)
    }),
  )
})
