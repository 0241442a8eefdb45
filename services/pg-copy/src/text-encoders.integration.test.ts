import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCopyIn } from './copy-in.ts'
import { CopyWriter } from './copy-writer.ts'
import { BadValueError, encoderOf } from './text-encoders.ts'

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

/** What Postgres has after the values went through our encoder, and what it makes of the same text by itself. */
const compare = async (type: string, values: readonly string[]) => {
  await client.query(`DROP TABLE IF EXISTS encoded; CREATE TABLE encoded (position int, value ${type})`)
  const [position, encode, writer] = [encoderOf('integer'), encoderOf(type), new CopyWriter()]
  const sink = await startCopyIn(client, 'COPY encoded FROM STDIN (FORMAT binary)')
  let [rows, bytes] = [0, 0]
  const send = async (piece: ReturnType<CopyWriter['take']>) => {
    rows += piece.rows
    bytes += piece.bytes
    await sink.write(piece.data)
  }
  for (const [index, value] of values.entries()) {
    writer.beginRow(2)
    const [number, source] = [Buffer.from(String(index)), Buffer.from(value)]
    position(number, 0, number.length, writer)
    encode(source, 0, source.length, writer)
    if (writer.isFull) await send(writer.take())
  }
  await send(writer.end())
  expect([await sink.finish(), rows]).toEqual([values.length, values.length])
  expect(bytes).toBeGreaterThanOrEqual(values.length * 14)
  const { rows: ours } = await client.query<{ value: string }>('SELECT value::text AS value FROM encoded ORDER BY position')
  const { rows: theirs } = await client.query<{ value: string }>(
    `SELECT (text::${type})::text AS value FROM unnest($1::text[]) WITH ORDINALITY AS t (text, position) ORDER BY position`,
    [values],
  )
  expect(ours).toEqual(theirs)
}

const decimal = fc
  .tuple(fc.boolean(), fc.stringMatching(/^\d{1,40}$/), fc.stringMatching(/^\d{0,30}$/))
  .map(([negative, whole, part]) => `${negative ? '-' : ''}${whole}${part && `.${part}`}`)
const padded = (value: number, size: number) => String(value).padStart(size, '0')
const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((value) => value.toISOString().slice(0, 10))
const clock = fc
  .tuple(
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 59 }),
    fc.integer({ min: 0, max: 59 }),
    fc.stringMatching(/^(\.\d{1,6})?$/),
  )
  .map(([hour, minute, second, part]) => `${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}${part}`)
const printable = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((value) => !value.includes('\0') && value.isWellFormed())

const kinds: readonly (readonly [string, fc.Arbitrary<string>, readonly string[]])[] = [
  ['smallint', fc.integer({ min: -32_768, max: 32_767 }).map(String), ['-32768', '32767', '0', '-0', '007']],
  ['integer', fc.integer().map(String), ['-2147483648', '2147483647']],
  [
    'bigint',
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    ['-9223372036854775808', '9223372036854775807', '-4294967296', '-1'],
  ],
  [
    'numeric',
    decimal,
    ['0', '-0', '0.0', '0.0001', '0.00010', '10000', '100000000', '-0.5', '.5', '9999.9999', '12345678901234567890.000'],
  ],
  ['numeric(20,4)', fc.integer().map((value) => (value / 10_000).toFixed(4)), ['1.0000', '-1.0000']],
  [
    'double precision',
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    ['1e308', '5e-324', '-0', '1.7976931348623157e308'],
  ],
  [
    'real',
    fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => String(Math.fround(value))),
    ['3.4028234663852886e38', '0.10000000149011612'],
  ],
  ['text', printable, ['', 'ä€🙂', 'x'.repeat(300_000)]],
  ['json', fc.json().filter((value) => !value.includes('\0')), ['{"a": [1, null]}']],
  ['bit(13)', fc.stringMatching(/^[01]{13}$/), ['0000000000000', '1111111111111']],
  ['date', day, ['0001-01-01', '2000-02-29', '1900-02-28', '9999-12-31']],
  [
    'timestamp(6) without time zone',
    fc.tuple(day, clock).map((parts) => parts.join(' ')),
    ['9999-12-31 23:59:59.999999', '0001-01-01 00:00:00', '1999-12-31 23:59:59.5'],
  ],
  ['timestamp(6) with time zone', fc.tuple(day, clock).map((parts) => parts.join(' ')), ['1970-01-01 00:00:01']],
  [
    'interval',
    fc
      .tuple(fc.boolean(), fc.integer({ min: 0, max: 838 }), clock)
      .map(([negative, hours, time]) => `${negative ? '-' : ''}${padded(hours, 2)}${time.slice(2)}`),
    ['-838:59:59.000000', '00:00:00', '-00:00:01'],
  ],
  ['uuid', fc.uuid(), ['FFFFFFFF-0000-0000-0000-00000000000A']],
]

test.each(kinds)('%s arrives as Postgres itself reads the text', async (type, values, edges) => {
  await compare(type, [...edges, ...fc.sample(values, 2_000)])
})

test('bytes arrive as they are', async () => {
  await client.query('DROP TABLE IF EXISTS encoded; CREATE TABLE encoded (value bytea)')
  const source = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
  const writer = new CopyWriter()
  writer.beginRow(1)
  encoderOf('bytea')(source, 0, source.length, writer)
  writer.beginRow(1)
  writer.writeNull()
  const sink = await startCopyIn(client, 'COPY encoded FROM STDIN (FORMAT binary)')
  await sink.write(writer.end().data)
  expect(await sink.finish()).toBe(2)
  expect((await client.query('SELECT value FROM encoded')).rows).toEqual([{ value: source }, { value: null }])
})

describe('what is no value of the type is refused by name, and nothing of it is written', () => {
  test.each([
    ['smallint', '32768', 'does not fit'],
    ['integer', '-2147483649', 'does not fit'],
    ['bigint', '9223372036854775808', 'does not fit'],
    ['integer', '', 'whole number'],
    ['bigint', '1.5', 'whole number'],
    ['numeric', '1.2.3', 'not a number'],
    ['numeric', '.', 'not a number'],
    ['numeric', '-', 'not a number'],
    ['double precision', 'ten', 'not a number'],
    ['text', 'a\0b', 'U+0000'],
    ['text', `${'x'.repeat(100)}\0`, 'U+0000'],
    ['bit', '012', 'bits'],
    ['date', '2023-02-29', 'not a date'],
    ['date', '0000-00-00', 'not a date'],
    ['date', '2026-11-24 10:00:00', 'not a date'],
    ['timestamp without time zone', '2026-11-24', 'date with a time'],
    ['timestamp without time zone', '2026-11-24 24:00:00', 'not a time'],
    ['timestamp without time zone', '2026-11-24 10:00:00.1234567', 'part of a second'],
    ['interval', '10', 'not a time'],
    ['uuid', 'abc', 'UUID'],
  ])('%s %j', (type, value, told) => {
    const writer = new CopyWriter()
    const { at } = writer
    const source = Buffer.from(value)
    const encode = () => encoderOf(type)(source, 0, source.length, writer)
    expect(encode).toThrow(BadValueError)
    expect(encode).toThrow(told)
    expect(writer.at).toBe(at)
  })
})
