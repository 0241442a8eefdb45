import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCopyIn } from './copy-in.ts'
import type { CopyPiece } from './copy-out.ts'
import { CopyWriter } from './copy-writer.ts'
import { BadValueError, encodableTypes, encoderOf } from './text-encoders.ts'

let server: TestPostgres
let client: pg.Client
beforeAll(async () => {
  server = await startPostgres()
  client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`SET timezone = 'UTC'; SET extra_float_digits = 1`)
})
afterAll(async () => {
  await client?.end()
  await server?.stop()
})

type Stored = { text: string; stored: string }

/** Stands around each value, so that a byte too many is seen. */
const [before, behind] = [Buffer.from('-1'), Buffer.from('00:00Z')]

/** Encodes them into a new table. @returns what the encoder took, each with what Postgres then has */
const encodeAll = async (type: string, values: readonly (string | Buffer)[]): Promise<Stored[]> => {
  await client.query(`DROP TABLE IF EXISTS encoded; CREATE TABLE encoded (position int, value ${type})`)
  const [position, encode, writer] = [encoderOf('integer'), encoderOf(type), new CopyWriter()]
  const sink = await startCopyIn(client, 'COPY encoded FROM STDIN (FORMAT binary)')
  let rows = 0
  const send = async (piece: CopyPiece) => {
    rows += piece.rows
    await sink.write(piece.data)
  }
  const taken: string[] = []
  for (const value of values) {
    const number = Buffer.from(String(taken.length))
    const source = Buffer.concat([before, Buffer.from(value as string), behind])
    const start = writer.beginRow(2)
    position(number, 0, number.length, writer)
    try {
      encode(source, before.length, source.length - behind.length, writer)
      taken.push(value.toString())
    } catch (error) {
      if (!(error instanceof BadValueError)) throw error
      writer.dropRow(start)
    }
    if (writer.isFull) await send(writer.take())
  }
  await send(writer.end())
  expect([await sink.finish(), rows]).toEqual([taken.length, values.length])
  const { rows: stored } = await client.query<{ value: string }>('SELECT value::text AS value FROM encoded ORDER BY position')
  return stored.map(({ value }, at) => ({ text: taken[at] ?? '', stored: value }))
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** What Postgres itself makes of the texts, in a COPY of its own. */
const readByPostgres = async (type: string, values: readonly string[]): Promise<Stored[]> => {
  await client.query(`DROP TABLE IF EXISTS read; CREATE TABLE read (position int, value ${type})`)
  const sink = await startCopyIn(client, 'COPY read FROM STDIN')
  for (const [position, value] of values.entries()) {
    const line = Buffer.from(`.....${position}\t${value.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? '')}\n`)
    line.writeUInt32BE(line.length - 1, line.write('d'))
    await sink.write(line)
  }
  await sink.finish()
  const { rows } = await client.query<{ value: string }>('SELECT value::text AS value FROM read ORDER BY position')
  return rows.map(({ value }, at) => ({ text: values[at] ?? '', stored: value }))
}

const padded = (value: number, size: number) => String(value).padStart(size, '0')
const upTo = (most: number) => fc.integer({ min: 0, max: most })
const sign = fc.constantFrom('', '', '-', '+')
const exponent = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc.integer({ min: -30, max: 30 }).map((value) => `e${value}`),
  upTo(20).map((value) => `E+${value}`),
)
const decimal = fc
  .tuple(sign, fc.stringMatching(/^\d{1,40}$/), fc.stringMatching(/^(\.\d{0,30})?$/), exponent)
  .map((parts) => parts.join(''))
const dayUpTo = (year: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: year }), upTo(11), upTo(27))
    .map(([y, m, d]) => `${padded(y, 4)}-${padded(m + 1, 2)}-${padded(d + 1, 2)}`)
const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
const day = fc.oneof(
  dayUpTo(294_275),
  date.map((value) => value.toISOString().slice(0, 10)),
)
const bc = dayUpTo(4_713)
const clock = fc
  .tuple(upTo(23), upTo(59), upTo(59), fc.stringMatching(/^(\.\d{1,6}0{0,3})?$/))
  .map(([hour, minute, second, part]) => `${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}${part}`)
const time = fc.oneof(
  { weight: 4, arbitrary: clock },
  clock.map((value) => value.slice(0, 5)),
)
const offset = fc
  .tuple(fc.constantFrom('+', '-', ' +'), upTo(15), upTo(59), upTo(59), upTo(3))
  .map(([toward, hour, minute, second, form]) => {
    const [h, m, s] = [hour, minute, second].map((value) => padded(value, 2))
    return `${toward}${[h, `${h}:${m}`, `${h}${m}`, `${h}:${m}:${s}`][form]}`
  })
const moments = (zones: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.tuple(day, fc.constantFrom(' ', 'T'), time, zones).map((parts) => parts.join('')) },
    fc.tuple(bc, fc.constant(' '), time, zones, fc.constant(' BC')).map((parts) => parts.join('')),
    day,
  )
const count = fc.integer({ min: -9_999, max: 9_999 })
const printedInterval = fc
  .tuple(fc.option(count), fc.option(count), fc.option(count), fc.option(fc.tuple(sign, upTo(2_000), clock)))
  .map(([years, months, days, hours]) =>
    [
      years === null ? [] : `${years} year${years === 1 ? '' : 's'}`,
      months === null ? [] : `${months} mon${months === 1 ? '' : 's'}`,
      days === null ? [] : `${days} day${days === 1 ? '' : 's'}`,
      hours === null ? [] : `${hours[0]}${padded(hours[1], 2)}${hours[2].slice(2)}`,
    ]
      .flat()
      .join(' '),
  )
  .filter((value) => value !== '')
const isoInterval = fc
  .tuple(count, count, count, count, count, count, fc.stringMatching(/^(\.\d{1,6})?$/))
  .map(([y, m, w, d, h, min, part]) => `P${y}Y${m}M${w}W${d}DT${h}H${min}M${d}${part}S`)
const printable = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((value) => !value.includes('\0') && value.isWellFormed())
const short = (most: number) =>
  printable
    .map((value) => Array.from(value).slice(0, most).join(''))
    .chain((value) => fc.constantFrom(value, `${value}${' '.repeat(most)}`))
const json = fc
  .oneof(
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify(value, null, 2)),
  )
  .filter((value) => !/\\u|\0/.test(value))
const floats = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value.toFixed(3)),
)
const reals = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => String(Math.fround(value))),
  // Beside the middle of two floats, where rounding twice goes wrong.
  fc.tuple(fc.float({ min: 1, max: 2, noNaN: true }), fc.constantFrom('', '0000000000001', '9')).map(([value, more]) => {
    const middle = (value + 2 ** -24).toFixed(24)
    return more === '9' ? `${middle.slice(0, -1)}4999999` : middle + more
  }),
)
const notANumber = ['NaN', 'Infinity', '-Infinity', 'inf', '+INF', 'nan']

const kinds: readonly (readonly [string, fc.Arbitrary<string>, readonly string[]])[] = [
  ['smallint', fc.integer({ min: -32_768, max: 32_767 }).map(String), ['-32768', '32767', '0', '-0', '007', '+7']],
  ['integer', fc.integer().map(String), ['-2147483648', '2147483647', '+0', '0'.repeat(30)]],
  [
    'bigint',
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    [
      '-9223372036854775808',
      '9223372036854775807',
      '-4294967296',
      '-1',
      '999999999999999',
      '1000000000000000',
      '-1000000000000000',
      `${'0'.repeat(20)}12`,
    ],
  ],
  [
    'numeric',
    decimal,
    '0 -0 0.0 0.0001 0.00010 10000 100000000 -0.5 .5 5. 9999.9999 12345678901234567890.000 1e131071 1e-16383 0e131072 1.50e1 -2.5E-3 0012.50'
      .split(' ')
      .concat(`1${'0'.repeat(131_071)}`, notANumber),
  ],
  ['numeric(20,4)', fc.integer().map((value) => (value / 10_000).toFixed(4)), ['1.0000', '-1.0000', 'NaN', '9999999999999999.99994']],
  [
    'numeric(3,2)',
    fc.stringMatching(/^-?[0-9]\.[0-9]{0,2}[0-4]?[0-9]{0,3}$/).filter((value) => Math.abs(Number(value)) < 9.99),
    ['9.994', '-9.9949', '0e200000', '1e-300', '000.000'],
  ],
  ['numeric(2,4)', fc.stringMatching(/^0?\.00[0-8][0-9]{1,9}$/), ['0.00994', '-.0099', '0']],
  ['numeric(2,-3)', upTo(99_499).map(String), ['99499.999', '0.1', '499', '500']],
  ['double precision', floats, ['1e308', '5e-324', '-0', '1.7976931348623157e308', '.5', '5.', '+1', ...notANumber]],
  [
    'real',
    reals,
    [
      '3.4028234663852886e38',
      '3.4028235677973362e38',
      '0.10000000149011612',
      '1.4e-45',
      '7.1e-46',
      '1e-44',
      '16777217',
      '-16777219.0',
      ...notANumber,
    ],
  ],
  ['boolean', fc.constantFrom('true', 'false', 't', 'f', 'yes', 'no', 'y', 'n', 'on', 'off', '1', '0', 'TRUE', 'False', 'On'), []],
  ['text', printable, ['', 'ä€🙂', 'x'.repeat(300_000), 'ä€🙂'.repeat(50_000)]],
  ['character varying(7)', short(7), ['', '🙂'.repeat(7), `🙂       ${' '.repeat(100)}`]],
  ['character(3)', short(3), ['', 'a', 'äöü', 'abc   ']],
  ['json', json, ['{"a": [1, null]}', ' [ ] ', '{}', '"\\u0000\\ud800"', '1e999999', `${'['.repeat(1_000)}${']'.repeat(1_000)}`]],
  [
    'jsonb',
    json,
    [
      '{"b": {}, "a": [[], 1.50, -0, 1E+5, true]}',
      '"\\ud83d\\ude00\\u00e4\\n"',
      '1e131071',
      '1e-16383',
      `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`,
    ],
  ],
  ['bit(13)', fc.stringMatching(/^[01]{13}$/), ['0000000000000', '1111111111111']],
  ['bit varying(20)', fc.stringMatching(/^[01]{0,20}$/), ['', '1'.repeat(20)]],
  [
    'date',
    fc.oneof(
      day,
      bc.map((value) => `${value} BC`),
    ),
    ['0001-01-01', '2000-02-29', '1900-02-28', '4714-11-24 BC', '0001-02-29 BC', '5874897-12-31', 'infinity', '-Infinity'],
  ],
  ['time(6) without time zone', time, ['24:00', '24:00:00', '00:00:00', '23:59:60', '10:59:60.5', '23:59:59.999999000']],
  ['time(2) without time zone', time, ['23:59:59.999']],
  [
    'timestamp(6) without time zone',
    moments(fc.constantFrom('', 'Z')),
    '9999-12-31 23:59:59.999999,0001-01-01 00:00:00,1999-12-31 23:59:59.5,2026-11-24 24:00:00,2026-11-24 23:59:60,294276-12-31 23:59:59.999999,4714-11-24 00:00:00 BC,-infinity,infinity,2026-11-24 10:59:60.7'.split(
      ',',
    ),
  ],
  ['timestamp(2) without time zone', moments(fc.constant('')), ['2026-12-31 23:59:59.999']],
  [
    'timestamp(6) with time zone',
    moments(fc.oneof(fc.constantFrom('', 'Z', 'z'), offset)),
    [
      '1970-01-01 00:00:01',
      '294277-01-01 01:00:00+02',
      '4714-11-24 00:00:00-02 BC',
      '0044-03-15 10:00:00.5+00:53:28 BC',
      'infinity',
      '1999-12-31 23:59:59.5-15:59',
    ],
  ],
  [
    'interval',
    fc.oneof(
      fc.tuple(sign, upTo(838), time).map(([direction, hours, rest]) => `${direction}${padded(hours, 2)}${rest.slice(2)}`),
      printedInterval,
      isoInterval,
    ),
    [
      '-838:59:59.000000',
      '00:00:00',
      '-00:00:01',
      '1 year 2 mons 3 days 04:05:06.7',
      '-1 years -2 mons +3 days -04:05:06',
      'P1DT2H',
      'PT-0.5S',
      'P1W',
      'PT36H',
      '2147483647 days',
      '-178956970 years -7 mons',
    ],
  ],
  ['interval(2)', printedInterval, ['2562047780:00:54.775807']],
  [
    'uuid',
    fc.uuid().chain((value) => fc.constantFrom(value, value.toUpperCase(), value.replaceAll('-', ''), `{${value}}`)),
    ['FFFFFFFF-0000-0000-0000-00000000000A', '0123-4567-89ab-cdef-0123-4567-89ab-cdef'],
  ],
]

test.each(kinds)('%s arrives as Postgres itself reads the text', async (type, values, edges) => {
  const texts = [...edges, ...fc.sample(values, 2_000)]
  const [ours, theirs] = [await encodeAll(type, texts), await readByPostgres(type, texts)]
  expect(texts.filter((text, at) => ours[at]?.text !== text).slice(0, 9)).toEqual([])
  const differing = theirs.flatMap((read, at) => (read.stored === ours[at]?.stored ? [] : [{ ...read, ours: ours[at]?.stored }]))
  expect(differing.slice(0, 9)).toEqual([])
})

test('every type that can be encoded is among them', () => {
  const covered = new Set([...kinds.map(([type]) => type.replace(/\([^)]*\)/, '')), 'bytea', 'bpchar'])
  expect(new Set(encodableTypes)).toEqual(covered)
})

test.each([
  ['integer', '12.0', '12'],
  ['integer', '1e3', '1000'],
  ['smallint', '1.20e1', '12'],
  ['bigint', '-9223372036854775808.000', '-9223372036854775808'],
  ['bigint', '0e99', '0'],
  ['date', '2026-11-24T00:00:00Z', '2026-11-24'],
  ['interval', '-P1DT2H30M', '-1 days -02:30:00'],
  ['bpchar', 'ab  ', 'ab'],
])('%s also takes %s', async (type, text, stored) => {
  expect(await encodeAll(type, [text])).toEqual([{ text, stored }])
})

test('bytes arrive as they are', async () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
  const [stored] = await encodeAll('bytea', [all, Buffer.alloc(0)])
  expect(stored?.stored).toBe(`\\x${all.toString('hex')}`)
})

describe('the server never refuses what the encoder takes', () => {
  const rubbish = '0123456789+-.,:eETZPYMDHSBC _{}[]"\\/truefalsniy\u0000\u0001ä€🙂'
  const character = fc.constantFrom(...Array.from(rubbish))
  const edits = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1), character), {
    minLength: 1,
    maxLength: 3,
  })
  const edited = (values: fc.Arbitrary<string>) =>
    fc.tuple(values, edits).map(([value, changes]) =>
      changes.reduce((text, [place, removed, added]) => {
        const at = Math.floor(place * text.length)
        return text.slice(0, at) + added + text.slice(at + removed)
      }, value),
    )
  const bytes = fc.uint8Array({ maxLength: 80 }).map((value) => Buffer.from(value))

  test.each(kinds)('%s', async (type, values) => {
    const garbage: readonly (string | Buffer)[] = [
      ...fc.sample(edited(values), 1_500),
      ...fc.sample(
        fc.array(character, { maxLength: 12 }).map((characters) => characters.join('')),
        1_000,
      ),
      ...fc.sample(bytes, 200),
    ]
    const taken = await encodeAll(type, garbage)
    const { rows } = await client.query<{ value: string | null }>(
      `SELECT CASE WHEN pg_input_is_valid(text, $2) THEN (text::${type})::text END AS value
       FROM unnest($1::text[]) WITH ORDINALITY AS t (text, position) ORDER BY position`,
      [taken.map(({ text }) => text), type],
    )
    const differing = taken.flatMap(({ text, stored }, at) => {
      const value = rows[at]?.value ?? null
      return value === null || value === stored ? [] : [{ text, stored: value, ours: stored }]
    })
    expect(differing.slice(0, 9)).toEqual([])
  })
})
