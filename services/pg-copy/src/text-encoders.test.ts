import { isUtf8 } from 'node:buffer'
import { canonicalType } from '@aiia/core/sync/field-types'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CopyWriter } from './copy-writer.ts'
import { jsonOf } from './text-encoders/json.ts'
import { BadValueError, encoderOf, isEncodable } from './text-encoders.ts'

const writer = new CopyWriter()

/** @returns what the value breaks, or null where it is taken; nothing of a value that breaks a rule may be written */
const ruleFor = (type: string, value: string | Buffer): string | null => {
  const { at } = writer
  const source = Buffer.from(value as string)
  try {
    encoderOf(type)(source, 0, source.length, writer)
    writer.dropRow(at)
    return null
  } catch (error) {
    if (!(error instanceof BadValueError)) throw error
    return writer.at === at && error.message === `The value ${error.rule}.` ? error.rule : 'wrote something'
  }
}

describe('what is no value of the type is refused by name, and nothing of it is written', () => {
  test.each([
    ['smallint', '32768', 'does not fit smallint'],
    ['smallint', '1e5', 'does not fit smallint'],
    ['integer', '-2147483649', 'does not fit integer'],
    ['integer', '9999999999999999999999', 'does not fit integer'],
    ['bigint', '9223372036854775808', 'does not fit bigint'],
    ['bigint', '-9223372036854775809', 'does not fit bigint'],
    ['bigint', '1e19', 'does not fit bigint'],
    ['bigint', '1e999999999999', 'does not fit bigint'],
    ['integer', '', 'is not a whole number'],
    ['integer', '-', 'is not a whole number'],
    ['integer', '0x10', 'is not a whole number'],
    ['integer', ' 1', 'is not a whole number'],
    ['bigint', '1.5', 'is not a whole number'],
    ['bigint', '1e-1', 'is not a whole number'],
    ['bigint', '123456789012345678a', 'is not a whole number'],
    ['numeric', '1.2.3', 'is not a number'],
    ['numeric', '.', 'is not a number'],
    ['numeric', '-', 'is not a number'],
    ['numeric', '1e', 'is not a number'],
    ['numeric', '', 'is not a number'],
    ['numeric', '1e131072', 'does not fit numeric'],
    ['numeric', `1${'0'.repeat(131_072)}`, 'does not fit numeric'],
    ['numeric', '1e-16384', 'does not fit numeric'],
    ['numeric', `0.${'0'.repeat(16_384)}`, 'does not fit numeric'],
    ['numeric(15,2)', '12345678901234.00', 'does not fit numeric(15,2)'],
    ['numeric(15,2)', '9999999999999.995', 'does not fit numeric(15,2)'],
    ['decimal(3)', '999.5', 'does not fit numeric(3,0)'],
    ['numeric(3,2)', '-9.995', 'does not fit numeric(3,2)'],
    ['numeric(2,4)', '0.00995', 'does not fit numeric(2,4)'],
    ['numeric(2,4)', '0.01', 'does not fit numeric(2,4)'],
    ['numeric(2,-3)', '99500', 'does not fit numeric(2,-3)'],
    ['numeric(3,2)', 'Infinity', 'does not fit numeric(3,2)'],
    ['double precision', 'ten', 'is not a number'],
    ['double precision', '0x10', 'is not a number'],
    ['double precision', '', 'is not a number'],
    ['double precision', '1e309', 'does not fit double precision'],
    ['double precision', '-1e-400', 'does not fit double precision'],
    ['real', '1e39', 'does not fit real'],
    ['real', '3.4028235677973366e38', 'does not fit real'],
    ['real', '1e-46', 'does not fit real'],
    ['boolean', 'maybe', 'is not a boolean'],
    ['boolean', '', 'is not a boolean'],
    ['boolean', '2', 'is not a boolean'],
    ['text', 'a\0b', 'holds the character U+0000, which a text in Postgres cannot'],
    ['text', `${'x'.repeat(100)}\0`, 'holds the character U+0000, which a text in Postgres cannot'],
    ['varchar(20)', 'ä'.repeat(21), 'has more than 20 characters'],
    ['character(1)', 'ab', 'has more than 1 character'],
    ['varchar(3)', 'ab   c', 'has more than 3 characters'],
    ['bit(3)', '012', 'is not made of bits'],
    ['bit(3)', '01', 'has fewer than 3 bits'],
    ['bit(3)', '0101', 'has more than 3 bits'],
    ['bit varying(1)', '01', 'has more than 1 bit'],
    ['date', '2023-02-29', 'is not a date'],
    ['date', '0000-00-00', 'is not a date'],
    ['date', '0000-01-01', 'is not a date'],
    ['date', '0004-02-29 BC', 'is not a date'],
    ['date', '24.11.2026', 'is not a date'],
    ['date', '26-11-24', 'is not a date'],
    ['date', 'today', 'is not a date'],
    ['date', '2026-11-24 10:00:00', 'is not a date alone'],
    ['date', '2026-11-24T00:00:00+02:00', 'is not a date alone'],
    ['date', '4714-11-23 BC', 'does not fit date'],
    ['date', '5874898-01-01', 'does not fit date'],
    ['time', '25:00', 'is not a time'],
    ['time', '24:00:01', 'is not a time'],
    ['time', '10', 'is not a time'],
    ['time', '10:60', 'is not a time'],
    ['time', '10:35:00.1234567', 'is more precise than microseconds'],
    ['time', '10:35:00+02', 'has an offset from UTC, which a time without time zone cannot keep'],
    ['timestamp', '2026-11-24 24:00:01', 'is not a date with a time'],
    ['timestamp', '2026-11-24x10:00:00', 'is not a date with a time'],
    ['timestamp', '2026-11-24 10:00:00.', 'is not a date with a time'],
    ['timestamp', '2026-11-24 10:00:00.1234567', 'is more precise than microseconds'],
    ['timestamp', '2026-11-24 10:00:00+02', 'has an offset from UTC, which a timestamp without time zone cannot keep'],
    ['timestamp', '294277-01-01', 'does not fit timestamp'],
    ['timestamp', '4714-11-23 23:59:59.999999 BC', 'does not fit timestamp'],
    ['timestamptz', '294276-12-31 23:59:59-00:01', 'does not fit timestamp'],
    ['timestamptz', '2026-11-24 10:00:00+16', 'is not a date with a time'],
    ['timestamptz', '2026-11-24 10:00:00+02:60', 'is not a date with a time'],
    ['timestamptz', '2026-11-24 10:00:00 Europe/Berlin', 'is not a date with a time'],
    ['interval', '10', 'is not a span of time'],
    ['interval', 'P', 'is not a span of time'],
    ['interval', 'P1DT', 'is not a span of time'],
    ['interval', '1 day ', 'is not a span of time'],
    ['interval', '', 'is not a span of time'],
    ['interval', 'PT0.1234567S', 'is more precise than microseconds'],
    ['interval', '2147483648 days', 'does not fit interval'],
    ['interval', 'P178956970Y8M', 'does not fit interval'],
    ['interval', '2562047788:00:55', 'does not fit interval'],
    ['uuid', 'abc', 'is not a UUID'],
    ['uuid', '3f2504e0-4f89-11d3-9a0c-0305e82c3301-', 'is not a UUID'],
    ['uuid', '{3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'is not a UUID'],
    ['uuid', '3f2504e04f8911d39a0c0305e82c330g', 'is not a UUID'],
    ['json', '', 'is not JSON'],
    ['json', '[1,]', 'is not JSON'],
    ['json', '{"a":1,}', 'is not JSON'],
    ['json', '{"a" 1}', 'is not JSON'],
    ['json', '"a\tb"', 'is not JSON'],
    ['json', '1 2', 'is not JSON'],
    ['json', '01', 'is not JSON'],
    ['json', 'nul', 'is not JSON'],
    ['json', '"\\x"', 'is not JSON'],
    ['json', '['.repeat(1_001) + ']'.repeat(1_001), 'is nested more than 1,000 levels deep'],
    ['jsonb', '{"a":"\\u0000"}', 'holds the character U+0000, which jsonb cannot'],
    ['jsonb', '"\\ud800"', 'holds half of a pair of surrogates, which jsonb cannot'],
    ['jsonb', '"\\udc00\\ud800"', 'holds half of a pair of surrogates, which jsonb cannot'],
    ['jsonb', '[1e131072]', 'holds a number that does not fit numeric'],
    ['jsonb', '1e-16384', 'holds a number that does not fit numeric'],
  ])('%s %.60j', (type, value, rule) => {
    expect(ruleFor(type, value)).toBe(rule)
  })
})

test.each(['text', 'varchar(90)', 'json', 'jsonb'])('%s is refused exactly where it is not UTF-8', { timeout: 60_000 }, (type) => {
  const quoted = type.startsWith('json')
  const awkward = fc.constantFrom(0x41, 0x80, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff)
  const bytes = fc.oneof(
    fc.array(awkward, { maxLength: 6 }),
    fc.array(awkward, { minLength: 1, maxLength: 3 }).map((few) => [...Buffer.from('ä€🙂'.repeat(6)), ...few]),
  )
  fc.assert(
    fc.property(bytes, (chosen) => {
      const value = Buffer.from(quoted ? [0x22, ...chosen, 0x22] : chosen)
      return ruleFor(type, value) === (isUtf8(value) ? null : 'is not valid UTF-8')
    }),
    { numRuns: 2_000 },
  )
})

test('JSON is refused exactly where JSON.parse refuses it', { timeout: 60_000 }, () => {
  const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-0.5e+3', 'true', 'null', ' ', '\n', '"\\u00e4\\n"', '-', '.')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces, { maxLength: 8 }).map((some) => some.join('')),
        fc.json({ maxDepth: 3 }),
      ),
      (text) => {
        const parses = (() => {
          try {
            JSON.parse(text)
            return true
          } catch {
            return false
          }
        })()
        expect(ruleFor('json', text)).toBe(parses ? null : 'is not JSON')
      },
    ),
    { numRuns: 20_000 },
  )
})

test('what may become larger than jsonb can be is refused', () => {
  const value = Buffer.from('{"a":[1,{},"bcd"]}')
  const encode = (most: number) => () => jsonOf('jsonb', most)(value, 0, value.length, writer)
  const needed = value.length + 6 * 16
  expect(encode(needed)).not.toThrow()
  expect(encode(needed - 1)).toThrow(new BadValueError('is too large for jsonb'))
})

test.each([
  'integer[]',
  'int4range',
  'inet',
  'timetz',
  'time with time zone',
  'interval day to second',
  'citext',
  '"text"',
  'pg_catalog.int4',
  '',
  'xml',
  'name',
])('there is no encoder for the type %j', (type) => {
  expect(canonicalType(type)).toBeNull()
  expect(isEncodable(type)).toBe(false)
  expect(() => encoderOf(type)).toThrow(`There is no encoder for the type ${type}`)
})
