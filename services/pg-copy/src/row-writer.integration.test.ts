import type { Transform } from '@aiia/core/sync/mapping'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCopyIn } from './copy-in.ts'
import { fieldsAsIs, type RejectingPiece, type Rejection, type RowField, TextRowWriter } from './row-writer.ts'
import { encoderOf } from './text-encoders.ts'
import { transformed } from './value-transforms.ts'

let server: TestPostgres
let client: pg.Client
beforeAll(async () => {
  server = await startPostgres()
  client = new pg.Client({ connectionString: server.url })
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await server?.stop()
})

type Row = readonly (string | null)[]
type Extract = { pieces: RejectingPiece<Rejection>[]; rejected: Rejection[] }

/** Writes the rows as a source does: values next to each other in one buffer, in any order. */
const extract = (fields: readonly RowField[], rows: Iterable<Row>, columns: number): Extract => {
  const writer = new TextRowWriter<Rejection>(columns, fields, (rejection) => rejection)
  const pieces: RejectingPiece<Rejection>[] = []
  for (const row of rows) {
    const source = Buffer.from(row.map((value) => value ?? '').join(''))
    let to = source.length
    for (let column = row.length - 1; column >= 0; column -= 1) {
      const value = row[column] ?? null
      const from = to - Buffer.byteLength(value ?? '')
      if (value !== null) writer.set(column, source, from, to)
      to = from
    }
    writer.push()
    // The bytes are the source's again.
    source.fill('#')
    if (writer.isFull) pieces.push(writer.take())
  }
  pieces.push(writer.end())
  return { pieces, rejected: pieces.flatMap((piece) => piece.rejected) }
}

/** What Postgres has after a COPY of all pieces. */
const store = async (columns: string, { pieces }: Extract): Promise<Record<string, unknown>[]> => {
  await client.query(`DROP TABLE IF EXISTS stored; CREATE TABLE stored (${columns})`)
  const sink = await startCopyIn(client, 'COPY stored FROM STDIN (FORMAT binary)')
  for (const { data } of pieces) await sink.write(data)
  const taken = await sink.finish()
  const read = pieces.reduce((sum, { rows }) => sum + rows, 0)
  expect(taken).toBe(read - pieces.reduce((sum, { rejected }) => sum + rejected.length, 0))
  return (await client.query('SELECT * FROM stored')).rows
}

const field = (column: number | null, type: string, more: Partial<RowField> = {}): RowField => ({
  column,
  encode: encoderOf(type),
  instead: null,
  required: false,
  ...more,
})
const withTransforms = (type: string, transforms: readonly Transform[], instead: Buffer | null = null) =>
  transformed(transforms, encoderOf(type), { salt: Buffer.from('salt'), instead })
const asText = ({ values }: Rejection) => values.map((value) => value?.toString() ?? null)

test('bad rows are rejected with all that they had, and the good ones around them are stored', async () => {
  const rows: Row[] = [
    ['1', '2026-11-24', 'ä'],
    ['2', '24.11.2026', 'b'],
    ['three', null, null],
    [null, null, null],
    ['5', '2026-11-25', ''],
    ['6', '2026-11-26', 'a\0b'],
  ]
  const result = extract(fieldsAsIs([{ type: 'integer' }, { type: 'date' }, { type: 'text' }]), rows, 3)
  expect(await store('id int, day date, name text', result)).toMatchObject([
    { id: 1, name: 'ä' },
    { id: null, day: null, name: null },
    { id: 5, name: '' },
  ])
  expect(result.rejected).toMatchObject([
    { position: 2, place: null, column: 1, rule: 'is not a date', raw: null },
    { position: 3, place: null, column: 0, rule: 'is not a whole number', raw: null },
    { position: 6, place: null, column: 2, rule: 'holds the character U+0000, which a text in Postgres cannot', raw: null },
  ])
  expect(result.rejected.map(asText)).toEqual([rows[1], rows[2], rows[5]])
  expect(result.pieces.map(({ rows }) => rows)).toEqual([6])
})

test('columns may be left out, be used twice, and stand in another order', async () => {
  const fields = [field(2, 'text'), field(0, 'integer'), field(0, 'text')]
  const result = extract(fields, [['1', 'not a number', 'x']], 3)
  expect(await store('a text, b int, c text', result)).toEqual([{ a: 'x', b: 1, c: '1' }])
})

describe('rows without a value', () => {
  test('get the default where there is one, and are rejected where one is needed', async () => {
    const fields = [
      field(0, 'integer', { required: true }),
      field(1, 'text', { instead: Buffer.from('none'), required: true }),
      field(2, 'text'),
      field(null, 'text', { instead: Buffer.from('EUR') }),
      field(null, 'date'),
    ]
    const rows: Row[] = [
      ['1', 'a', 'b'],
      ['2', null, null],
      [null, 'a', 'b'],
      ['4', '', ''],
    ]
    const result = extract(fields, rows, 3)
    expect(await store('id int NOT NULL, a text NOT NULL, b text, currency text, day date', result)).toEqual([
      { id: 1, a: 'a', b: 'b', currency: 'EUR', day: null },
      { id: 2, a: 'none', b: null, currency: 'EUR', day: null },
      { id: 4, a: '', b: '', currency: 'EUR', day: null },
    ])
    expect(result.rejected).toMatchObject([{ position: 3, column: 0, rule: 'must not be empty' }])
  })

  test('are those as well whose value a transform takes away', async () => {
    const nulls: Transform[] = [{ kind: 'TRIM' }, { kind: 'NULL_VALUES', values: ['N/A'] }]
    const instead = Buffer.from('0')
    const fields = [
      field(0, 'integer', { encode: withTransforms('integer', nulls), required: true }),
      field(1, 'integer', { encode: withTransforms('integer', nulls) }),
      field(2, 'integer', { encode: withTransforms('integer', nulls, instead), instead, required: true }),
    ]
    const rows: Row[] = [
      ['1', ' N/A', 'N/A'],
      [' N/A ', '2', '2'],
      ['3', null, null],
      ['4', '4', 'N/B'],
    ]
    const result = extract(fields, rows, 3)
    expect(await store('a int NOT NULL, b int, c int NOT NULL', result)).toEqual([
      { a: 1, b: null, c: 0 },
      { a: 3, b: null, c: 0 },
    ])
    expect(result.rejected).toMatchObject([
      { position: 2, column: 0, rule: 'must not be empty' },
      { position: 4, column: 2, rule: 'is not a whole number' },
    ])
    expect(result.rejected.map(asText)).toEqual([rows[1], rows[3]])
  })

  test('a NULL before it does not make an empty text one', async () => {
    const result = extract([field(0, 'text'), field(1, 'text', { required: true })], [[null, '']], 2)
    expect(await store('a text, b text NOT NULL', result)).toEqual([{ a: null, b: '' }])
  })

  test('a value that comes from no column and is bad names none', () => {
    const result = extract([field(0, 'integer'), field(null, 'date', { instead: Buffer.from('today') })], [['1']], 1)
    expect(result.rejected).toMatchObject([{ column: null, rule: 'is not a date', raw: null }])
    expect(result.rejected.map(asText)).toEqual([['1']])
  })
})

test('what was left of a rejected row is not taken for the next one', async () => {
  const writer = new TextRowWriter<Rejection>(2, fieldsAsIs([{ type: 'integer' }, { type: 'integer' }]), (rejection) => rejection)
  const values = Buffer.from('12x')
  writer.set(0, values, 2, 3)
  writer.set(1, values, 1, 2)
  writer.push()
  writer.set(0, values, 0, 1)
  writer.reject('12x', 'A row needs two values.')
  writer.set(1, values, 0, 1)
  writer.push()
  const piece = writer.end()
  expect(await store('a int, b int', { pieces: [piece], rejected: [] })).toEqual([{ a: null, b: 1 }])
  expect(piece.rejected).toMatchObject([
    { position: 1, column: 0 },
    { position: 2, column: null, raw: '12x', rule: 'A row needs two values.', values: [] },
  ])
})

test('the place of a rejected row is asked for when it is rejected', () => {
  const writer = new TextRowWriter<Rejection>(1, fieldsAsIs([{ type: 'integer' }]), (rejection) => rejection)
  let line = 0
  writer.placeOf = () => `in.csv, line ${line}`
  for (const value of ['1', 'x', '3']) {
    line += 2
    writer.set(0, Buffer.from(value), 0, 1)
    writer.push()
  }
  line += 2
  writer.reject('a;b', 'A row needs one value.')
  expect(writer.end().rejected.map(({ place }) => place)).toEqual(['in.csv, line 4', 'in.csv, line 8'])
})

test('many rows come in several pieces, which are one COPY', async () => {
  function* rows(): Generator<Row> {
    for (let row = 1; row <= 50_000; row += 1) yield [row % 100 === 0 ? 'x' : String(row), `name ${row}`]
  }
  const result = extract(fieldsAsIs([{ type: 'integer' }, { type: 'text' }]), rows(), 2)
  expect(result.pieces.length).toBeGreaterThan(5)
  expect(Math.max(...result.pieces.map(({ data }) => data.length))).toBeLessThan(262_144)
  const stored = await store('id int, name text', result)
  expect(stored).toHaveLength(49_500)
  expect(stored.at(-1)).toEqual({ id: 49_999, name: 'name 49999' })
  expect(result.rejected.map(({ position }) => position)).toEqual(Array.from({ length: 500 }, (_, at) => (at + 1) * 100))
  expect(result.pieces.reduce((sum, piece) => sum + piece.rows, 0)).toBe(50_000)
})

test('rejected rows do not pile up: they come in pieces of their own, which hold no rows', async () => {
  const rows = Array.from({ length: 1_200 }, (): Row => ['x'])
  const result = extract(fieldsAsIs([{ type: 'integer' }]), rows, 1)
  expect(result.pieces.map(({ rejected }) => rejected.length)).toEqual([500, 500, 200])
  expect(result.pieces.map(({ bytes }) => bytes)).toEqual([0, 0, 0])
  expect(await store('id int', result)).toEqual([])
})

test('large rejected rows do not pile up either', () => {
  const rows = Array.from({ length: 10 }, (): Row => [`x${' '.repeat(1_048_576)}`])
  const { pieces } = extract(fieldsAsIs([{ type: 'integer' }]), rows, 1)
  expect(Math.max(...pieces.map(({ rejected }) => rejected.length))).toBe(4)
})

test('huge cells arrive whole, and a huge row that is rejected leaves nothing', async () => {
  const huge = 'ä'.repeat(10_000_000)
  const rows: Row[] = [
    ['1', huge],
    ['x', huge],
    ['3', 'small'],
    ['4', huge],
  ]
  const result = extract([field(1, 'text'), field(0, 'integer')], rows, 2)
  await store('name text, id int', result)
  const { rows: stored } = await client.query('SELECT id, length(name) AS length, md5(name) AS hash FROM stored ORDER BY id')
  const { rows: expected } = await client.query(`SELECT md5(repeat('ä', 10000000)) AS hash`)
  expect(stored).toMatchObject([
    { id: 1, length: 10_000_000, ...expected[0] },
    { id: 3, length: 5 },
    { id: 4, length: 10_000_000, ...expected[0] },
  ])
  expect(result.rejected[0]?.values[1]?.length).toBe(20_000_000)
})

test('a defect is no bad value: it is not swallowed', () => {
  const broken = field(0, 'text', {
    encode: () => {
      throw new TypeError('a defect')
    },
  })
  expect(() => extract([broken], [['x']], 1)).toThrow('a defect')
})
