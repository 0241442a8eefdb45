import { createHmac } from 'node:crypto'
import { checkDateFormat } from '@aiia/core/sync/date-format'
import type { Transform } from '@aiia/core/sync/mapping'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CopyWriter } from './copy-writer.ts'
import { BadValueError, encoderOf } from './text-encoders.ts'
import { transformed } from './value-transforms.ts'

const salt = Buffer.from('a salt')
const writer = new CopyWriter()

/** @returns what becomes of the value as text, null for NULL */
const become = (transforms: readonly Transform[], value: string | Buffer, instead: string | null = null): string | null => {
  const encode = transformed(transforms, encoderOf('text'), { salt, instead: instead === null ? null : Buffer.from(instead) })
  return encodedBy(encode, value)
}

const encodedBy = (encode: ReturnType<typeof transformed>, value: string | Buffer): string | null => {
  const start = writer.at
  const source = Buffer.concat([Buffer.from('\t1'), Buffer.from(value as string), Buffer.from('1 -\n')])
  const before = Buffer.from(source)
  encode(source, 2, source.length - 4, writer)
  const size = writer.buffer.readInt32BE(start)
  const text = size < 0 ? null : writer.buffer.toString('utf8', start + 4, start + 4 + size)
  expect(writer.at).toBe(start + 4 + Math.max(0, size))
  expect(writer.endsInNull).toBe(size < 0)
  // A rejected row is told with the values as they came.
  expect(source).toEqual(before)
  writer.dropRow(start)
  return text
}

describe('TRIM', () => {
  test.each([
    ['  a b \t\r\n', 'a b'],
    ['', ''],
    ['   ', ''],
    ['\u00a0\u2003\u3000ä\u202f\u2029', 'ä'],
    ['\ufeffa\u0085', 'a'],
    ['à', 'à'],
    ['€', '€'],
  ])('%j becomes %j', (value, expected) => {
    expect(become([{ kind: 'TRIM' }], value)).toBe(expected)
  })

  test('takes what Unicode calls white space, and nothing else', () => {
    let trimmed = ''
    const trim = transformed([{ kind: 'TRIM' }], (source, from, to) => (trimmed = source.toString('utf8', from, to)), {
      salt,
      instead: null,
    })
    const wrong: string[] = []
    for (let point = 1; point < 0x1_0000; point += 1) {
      if (point >= 0xd800 && point < 0xe000) continue
      const character = String.fromCodePoint(point)
      const source = Buffer.from(`${character}x${character}`)
      trim(source, 0, source.length, writer)
      if ((trimmed === 'x') !== /^[\p{White_Space}\ufeff]$/u.test(character)) wrong.push(point.toString(16))
    }
    expect(wrong).toEqual([])
  })
})

describe('UPPER and LOWER', () => {
  test.each([
    ['UPPER', 'straße äöü abc-xyz {}~`', 'STRASSE ÄÖÜ ABC-XYZ {}~`'],
    ['UPPER', 'azAZ@[', 'AZAZ@['],
    ['LOWER', 'ÄÖÜ ABC XYZ @[', 'äöü abc xyz @['],
    ['LOWER', '', ''],
    ['LOWER', 'A'.repeat(1_000), 'a'.repeat(1_000)],
  ] as const)('%s %j', (kind, value, expected) => {
    expect(become([{ kind }], value)).toBe(expected)
  })

  test('a text that is not UTF-8 is refused, not repaired', () => {
    expect(() => become([{ kind: 'UPPER' }], Buffer.from('ä', 'latin1'))).toThrow(new BadValueError('is not valid UTF-8'))
  })
})

describe('NULL_VALUES', () => {
  const nulls: Transform = { kind: 'NULL_VALUES', values: ['N/A', '-', 'ä'] }

  test.each([
    ['N/A', null],
    ['-', null],
    ['ä', null],
    ['n/a', 'n/a'],
    ['N/A ', 'N/A '],
    ['', ''],
  ])('%j becomes %j', (value, expected) => {
    expect(become([nulls], value)).toBe(expected)
  })

  test('an empty text is no value where it is listed', () => {
    expect(become([{ kind: 'NULL_VALUES', values: [''] }], '')).toBeNull()
  })

  test('a default takes the place as it is, and later transforms do not see it', () => {
    expect(become([{ kind: 'TRIM' }, nulls, { kind: 'UPPER' }], ' N/A ', 'none')).toBe('none')
  })
})

describe('DATE_FORMAT', () => {
  test.each([
    ['DD.MM.YYYY', '24.11.2026', '2026-11-24'],
    ['YYYYMMDD', '20261124', '2026-11-24'],
    ['D.M.YY', '4.1.69', '1969-01-04'],
    ['D.M.YY', '24.12.68', '2068-12-24'],
    ['DD/MMM/YYYY', '29/FEB/2024', '2024-02-29'],
    ['MMM D, YYYY', 'Nov 4, 2026', '2026-11-04'],
    ['MM/DD/YYYY H:mm A', '11/24/2026 1:05 pm', '2026-11-24 13:05:00'],
    ['MM/DD/YYYY HH:mm A', '11/24/2026 12:00 AM', '2026-11-24 00:00:00'],
    ['MM/DD/YYYY HH:mm A', '11/24/2026 12:30 PM', '2026-11-24 12:30:00'],
    ['DD.MM.YYYY HH:mm:ss.SSS', '24.11.2026 10:35:00.042', '2026-11-24 10:35:00.042'],
    ['YYYYMMDDTHHmmssZ', '20261124T103500+0200', '2026-11-24 10:35:00+0200'],
    ['YYYYMMDDTHHmmssZ', '20261124T103500Z', '2026-11-24 10:35:00Z'],
    ['YYYY-MM-DD HH:mm:ss Z', '2026-11-24 10:35:00 -02:30', '2026-11-24 10:35:00-02:30'],
    ['YYYY-MM-DD HH:mm Z', '2026-11-24 10:35 +02', '2026-11-24 10:35:00+02'],
    ['HHmmss', '240000', '24:00:00'],
    ['H:mm', '9:05', '09:05:00'],
    ['YYYY年MM月DD日', '2026年11月24日', '2026-11-24'],
  ])('%s reads %s', (format, value, expected) => {
    expect(become([{ kind: 'DATE_FORMAT', format }], value)).toBe(expected)
  })

  test.each([
    ['DD.MM.YYYY', '2026-11-24'],
    ['DD.MM.YYYY', '31.04.2026'],
    ['DD.MM.YYYY', '29.02.2023'],
    ['DD.MM.YYYY', '00.00.0000'],
    ['DD.MM.YYYY', '24.11.0000'],
    ['DD.MM.YYYY', '24.11.2026 '],
    ['DD.MM.YYYY', '24.11.202'],
    ['DD.MM.YYYY', '4.11.2026'],
    ['DD.MM.YYYY', ''],
    ['D MMM YYYY', '4 Mai 2026'],
    ['YYYY-MM-DD HH:mm', '2026-11-24 24:01'],
    ['YYYY-MM-DD HH:mm', '2026-11-24 10:60'],
    ['YYYY-MM-DD HH:mm A', '2026-11-24 13:00 PM'],
    ['YYYY-MM-DD HH:mm A', '2026-11-24 00:00 AM'],
    ['YYYY-MM-DD HH:mm A', '2026-11-24 11:00 XM'],
    ['YYYY-MM-DD HH:mmZ', '2026-11-24 10:00'],
    ['YYYY-MM-DD HH:mmZ', '2026-11-24 10:00+2'],
  ])('%s refuses %j', (format, value) => {
    const start = writer.at
    expect(() => become([{ kind: 'DATE_FORMAT', format }], value)).toThrow(new BadValueError(`is not a date written as ${format}`))
    expect(writer.at).toBe(start)
  })

  test('a time alone is called a time', () => {
    expect(() => become([{ kind: 'DATE_FORMAT', format: 'HH:mm' }], '25:00')).toThrow(new BadValueError('is not a time written as HH:mm'))
  })

  test('one value leaves nothing behind for the next one', () => {
    const encode = transformed([{ kind: 'DATE_FORMAT', format: 'DD.MM.YYYY HH:mm AZ' }], encoderOf('text'), { salt, instead: null })
    expect(encodedBy(encode, '24.11.2026 10:35 PM+0200')).toBe('2026-11-24 22:35:00+0200')
    expect(() => encodedBy(encode, '24.11.2026 10')).toThrow(BadValueError)
    expect(encodedBy(encode, '01.02.2027 09:00 AMZ')).toBe('2027-02-01 09:00:00Z')
  })

  test.each([
    ['DD.MM.YYYY', null],
    ['HH:mm', null],
    ['', '"" has neither a date nor a time. It is made of YYYY, YY, MMM, MM, M, DD, D, HH, H, mm, ss, SSS, A, Z.'],
    ['dd.mm.yyyy', '"dd.mm.yyyy" has mm, and therefore needs hours (HH or H).'],
    ['dd.MM.yyyy', '"dd.MM.yyyy" has MM, and therefore needs a year (YYYY or YY).'],
    ['YYYY-MM', '"YYYY-MM" has YYYY, and therefore needs a day (DD or D).'],
    ['HH:mm Z', '"HH:mm Z" has Z, and therefore needs a day (DD or D).'],
    ['DD.MM.YYYY HH', '"DD.MM.YYYY HH" has HH, and therefore needs minutes (mm).'],
    ['DD.DD.MM.YYYY', '"DD.DD.MM.YYYY" has a day (DD or D) twice.'],
    ['YYYYMD', '"YYYYMD" has M directly in front of D, so that nobody can tell where it ends. Put a character between them, or write MM.'],
  ])('the format %j', (format, message) => {
    expect(checkDateFormat(format)).toBe(message)
    if (message !== null) expect(() => become([{ kind: 'DATE_FORMAT', format }], '')).toThrow(message)
  })
})

describe('DECIMAL_COMMA', () => {
  test.each([
    ['1.234,56', '1234.56'],
    ['1.234,56-', '-1234.56'],
    ['1.234,56+', '1234.56'],
    ['-1.234.567,5', '-1234567.5'],
    ['+7', '7'],
    ["1'234'567", '1234567'],
    ['1 234,5', '1234.5'],
    ['1\u00a0234\u202f567,5', '1234567.5'],
    ['1\u2019234', '1234'],
    ['1234567,89', '1234567.89'],
    ['0,5', '0.5'],
    [',5', '.5'],
    ['5,', '5.'],
    ['1,5E+03', '1.5e03'],
    ['1,5e-3', '1.5e-3'],
  ])('%j becomes %j', (value, expected) => {
    expect(become([{ kind: 'DECIMAL_COMMA' }], value)).toBe(expected)
  })

  test.each([
    '',
    '-',
    ',',
    '1.5',
    '1.2345',
    '1234.567',
    '1..234',
    '.234',
    '1.234.56,7',
    '1,2,3',
    '-1-',
    '1,5.000',
    '--1',
    'abc',
    '1,5e',
    '12a',
    ' 1',
    '1.234,56 -',
  ])('%j is refused', (value) => {
    expect(() => become([{ kind: 'DECIMAL_COMMA' }], value)).toThrow(new BadValueError('is not a number written as 1.234,56'))
  })

  test('reads what is printed in German', () => {
    const printed = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), (cents) => {
        return Number(become([{ kind: 'DECIMAL_COMMA' }], printed.format(cents / 100))) === cents / 100
      }),
      { numRuns: 500 },
    )
  })
})

describe('CONSTANT', () => {
  test('is the value whatever the source has, also where what came before could not read it', () => {
    const constant: Transform = { kind: 'CONSTANT', value: 'EUR' }
    expect(become([constant], 'USD')).toBe('EUR')
    expect(become([{ kind: 'NULL_VALUES', values: ['-'] }, { kind: 'DECIMAL_COMMA' }, constant, { kind: 'LOWER' }], '-')).toBe('eur')
    expect(become([constant, { kind: 'CONSTANT', value: '' }], 'USD')).toBe('')
  })
})

test('SHA256 is the hash of the text with the salt as its key', () => {
  expect(become([{ kind: 'SHA256' }], 'jörg@example.com')).toBe(createHmac('sha256', salt).update('jörg@example.com').digest('hex'))
  expect(become([{ kind: 'TRIM' }, { kind: 'LOWER' }, { kind: 'SHA256' }], ' A ')).toBe(become([{ kind: 'SHA256' }], 'a'))
})

test.each([
  ['DE89370400440532013000', 4, '******************3000'],
  ['Jörg 🙂', 1, '*****🙂'],
  ['Jörg', 0, '****'],
  ['ab', 2, 'ab'],
  ['ab', 9, 'ab'],
  ['', 3, ''],
])('MASK %s, all but %i', (value, keep, expected) => {
  expect(become([{ kind: 'MASK', keep }], value)).toBe(expected)
})

test('the result is one of the column’s type', () => {
  const encode = transformed([{ kind: 'TRIM' }, { kind: 'DECIMAL_COMMA' }], encoderOf('numeric(5,2)'), { salt, instead: null })
  const source = Buffer.from(' 1.234,56 ')
  expect(() => encode(source, 0, source.length, writer)).toThrow(new BadValueError('does not fit numeric(5,2)'))
})
