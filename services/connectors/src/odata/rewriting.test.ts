import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64ToBytes, cutToMicroseconds, durationToTime, type Rewriting, ticksToInstant, ticksToTimestamp } from './rewriting.ts'
import { Scratch } from './scratch.ts'

/** Within other bytes, as in an answer. */
const bytesOf = (rewrite: Rewriting, text: string, out = new Scratch()): Buffer | null => {
  const source = Buffer.from(`"${text}",`)
  return rewrite(source, 1, source.length - 2, out) ? out.buffer.subarray(out.from, out.to) : null
}
const rewritten = (rewrite: Rewriting, text: string) => bytesOf(rewrite, text)?.toString() ?? null

test.each([
  ['/Date(0)/', '1970-01-01T00:00:00'],
  ['/Date(1492041600000)/', '2017-04-13T00:00:00'],
  ['/Date(-1)/', '1969-12-31T23:59:59.999'],
  ['/Date(253402300799999)/', '9999-12-31T23:59:59.999'],
  ['/Date(-62135596800000)/', '0001-01-01T00:00:00'],
  ['/Date(951782400000)/', '2000-02-29T00:00:00'],
  // On a clock that is an hour ahead.
  ['/Date(1492045200000+0060)/', '2017-04-13T00:00:00'],
  ['/Date(1492021800000-0330)/', '2017-04-13T00:00:00'],
])('%s', (ticks, text) => {
  expect(rewritten(ticksToTimestamp, ticks)).toBe(text)
  expect(rewritten(ticksToInstant, ticks)).toBe(`${text}Z`)
})

test.each([
  '',
  '/Date()/',
  '/Date(-)/',
  '/Date(1x)/',
  '/Date(1)',
  '/Date(1)/x',
  'Date(1)',
  '2017-04-13',
  '/Date(253402300800000)/',
  '/Date(-62135596800001)/',
])('"%s" is taken as it is', (text) => {
  expect(rewritten(ticksToTimestamp, text)).toBeNull()
})

test('every millisecond is the one that it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (ms) => {
      const text = new Date(ms).toISOString().replace('.000', '')
      expect(rewritten(ticksToInstant, `/Date(${ms})/`)).toBe(text)
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['PT11H22M33S', '11:22:33'],
  ['PT1H2M3.5S', '01:02:03.5'],
  ['PT0S', '00:00:00'],
  ['PT23H', '23:00:00'],
  ['P1D', null],
  ['-PT1H', null],
  ['11:22:33', null],
])('the time %s', (text, time) => {
  expect(rewritten(durationToTime, text)).toBe(time)
})

test('digits of a second that Postgres cannot keep are cut and counted', () => {
  const out = new Scratch()
  const cut = (text: string) => bytesOf(cutToMicroseconds, text, out)?.toString() ?? null
  expect(cut('2026-11-24T10:11:12.1234567Z')).toBe('2026-11-24T10:11:12.123456Z')
  expect(cut('23:59:59.9999999')).toBe('23:59:59.999999')
  expect(out.losses).toBe(2)
  expect(cut('2026-11-24T10:11:12.1234560+02:00')).toBe('2026-11-24T10:11:12.123456+02:00')
  expect(out.losses).toBe(2)
  for (const text of ['2026-11-24T10:11:12Z', '10:11:12.123456', '2026-11-24T10:11:12.123+02:00', '']) expect(cut(text)).toBeNull()
})

test('base64 and base64url, padded or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), fc.constantFrom('base64', 'base64url'), fc.boolean(), (bytes, form, padded) => {
      const text = Buffer.from(bytes).toString(form)
      const printed = padded ? text.padEnd(Math.ceil(text.length / 4) * 4, '=') : text.replace(/=+$/, '')
      expect(bytesOf(base64ToBytes, printed)).toEqual(Buffer.from(bytes))
    }),
  )
  for (const text of ['A', 'AP8!', 'AP8Q A', 'AAAAA', 'Größe']) expect(bytesOf(base64ToBytes, text), text).toBeNull()
})

test('values of one row stay where they are while others are added', () => {
  const out = new Scratch()
  bytesOf(ticksToInstant, '/Date(0)/', out)
  const [kept, from, to] = [out.buffer, out.from, out.to]
  for (const size of [10, 3_000, 5_000, 100_000]) {
    const bytes = Buffer.alloc(size, 7)
    expect(bytesOf(base64ToBytes, bytes.toString('base64'), out)?.equals(bytes)).toBe(true)
  }
  expect(kept.toString('latin1', from, to)).toBe('1970-01-01T00:00:00Z')
})
