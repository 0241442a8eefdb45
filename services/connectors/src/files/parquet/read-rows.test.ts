import { Bool, Field, Float64, Int32, Int64, Schema, Struct, Table, tableToIPC, Utf8, type Vector, vectorFromArray } from 'apache-arrow'
import fc from 'fast-check'
import { type ColumnSource, parquetWriteBuffer, type SchemaElement } from 'hyparquet-writer'
import { Compression, Encoding, Table as WasmTable, WriterPropertiesBuilder, WriterVersion, writeParquet } from 'parquet-wasm'
import { describe, expect, test } from 'vitest'
import { readParquetBytes as read } from '../../testing/parquet-bytes.ts'
import { BadFileError } from '../content/bad-file.ts'

/** What Arrow's writer makes of a table, in other encodings and codecs than its own. */
const arrowFile = (columns: Record<string, Vector>, build: (builder: WriterPropertiesBuilder) => WriterPropertiesBuilder) =>
  writeParquet(WasmTable.fromIPCStream(tableToIPC(new Table(columns), 'stream')), build(new WriterPropertiesBuilder()).build())

const count = 2_000
const numbers = Array.from({ length: count }, (_, row) =>
  row % 7 === 0 ? null : row % 11 === 0 ? 900_000 : ((row * 7_919) % 2_003) - 1_000,
)
const texts = numbers.map((value, row) => (value === null ? null : `text ${row % 3 === 0 ? value : 'ä'.repeat(row % 90)}`))
const expectedRows = numbers.map((value, row) => [
  value === null ? null : String(value),
  value === null ? null : String(BigInt(value) * 10_000_000_000_000n),
  value === null ? null : String(value / 7),
  texts[row],
  value === null ? null : String(value > 0),
])
const tableOfAll = (rows = count): Record<string, Vector> => {
  const some = numbers.slice(0, rows)
  const each = <T>(make: (value: number) => T): (T | null)[] => some.map((value) => (value === null ? null : make(value)))
  return {
    int: vectorFromArray(some, new Int32()),
    big: vectorFromArray(
      each((value) => BigInt(value) * 10_000_000_000_000n),
      new Int64(),
    ),
    double: vectorFromArray(
      each((value) => value / 7),
      new Float64(),
    ),
    text: vectorFromArray(texts.slice(0, rows), new Utf8()),
    flag: vectorFromArray(
      each((value) => value > 0),
      new Bool(),
    ),
  }
}

describe('files of other writers', () => {
  test.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4', 'LZ4_RAW'] as const)('packed with %s', async (codec) => {
    for (const version of [WriterVersion.V1, WriterVersion.V2]) {
      const bytes = arrowFile(tableOfAll(), (builder) =>
        builder.setCompression(Compression[codec]).setWriterVersion(version).setDataPageSizeLimit(4_000).setMaxRowGroupSize(900),
      )
      expect((await read(bytes)).rows).toEqual(expectedRows)
    }
  })

  test.each([
    ['PLAIN', ['int', 'big', 'double', 'text', 'flag']],
    ['DELTA_BINARY_PACKED', ['int', 'big']],
    ['DELTA_LENGTH_BYTE_ARRAY', ['text']],
    ['DELTA_BYTE_ARRAY', ['text']],
    ['BYTE_STREAM_SPLIT', ['int', 'big', 'double']],
    ['RLE', ['flag']],
  ] as const)('with values encoded as %s', async (encoding, columns) => {
    for (const version of [WriterVersion.V1, WriterVersion.V2]) {
      const bytes = arrowFile(tableOfAll(), (builder) =>
        columns.reduce(
          (built, column) => built.setColumnEncoding(column, Encoding[encoding]),
          builder.setDictionaryEnabled(false).setWriterVersion(version).setDataPageSizeLimit(9_000),
        ),
      )
      expect((await read(bytes)).rows).toEqual(expectedRows)
    }
  })
})

describe('nested columns arrive as JSON', () => {
  const list = (name: string, element: SchemaElement[]): SchemaElement[] => [
    { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...element,
  ]
  const nested = (schema: SchemaElement[], data: unknown[], options: object = {}): Promise<Awaited<ReturnType<typeof read>>> => {
    const columnData: ColumnSource[] = [{ name: schema[0]?.name ?? '', data }]
    return read(new Uint8Array(parquetWriteBuffer({ columnData, schema: [{ name: 'root', num_children: 1 }, ...schema], ...options })))
  }
  const texts = (rows: (string | null)[][]): unknown[] => rows.map(([text]) => (typeof text === 'string' ? JSON.parse(text) : null))
  const string: SchemaElement = { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }

  test('lists, of lists too, with whatever may be absent', async () => {
    const data = [['a', null, '"\n'], [], null, ['b']]
    const { columns, rows } = await nested(list('a', [string]), data)
    expect(columns).toEqual(['a jsonb'])
    expect(texts(rows)).toEqual(data)
    const deep = [[['a'], [], null, ['b', null]], [], null, [[]]]
    expect(texts((await nested(list('a', list('element', [string])), deep)).rows)).toEqual(deep)
  })

  test('a list whose rows go on from page to page', async () => {
    const data = Array.from({ length: 300 }, (_, row) =>
      Array.from({ length: row % 50 }, (_unused, at) => `${row} ${at} ${'x'.repeat(at)}`),
    )
    expect(texts((await nested(list('a', [string]), data, { pageSize: 100, rowGroupSize: 90 })).rows)).toEqual(data)
  })

  test('structures and maps', async () => {
    const schema: SchemaElement[] = [
      { name: 'a', repetition_type: 'OPTIONAL', num_children: 2 },
      { name: 'day "d"', type: 'INT32', converted_type: 'DATE', repetition_type: 'OPTIONAL' },
      { name: 'm', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'MAP' },
      { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
      { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'value', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
    ]
    const { rows } = await nested(schema, [{ 'day "d"': 0, m: { x: 1.5, y: null } }, { 'day "d"': null, m: {} }, null])
    expect(texts(rows)).toEqual([{ 'day "d"': '1970-01-01', m: { x: 1.5, y: null } }, { 'day "d"': null, m: {} }, null])
  })

  test('a structure of Arrow, in several pages', async () => {
    const values = Array.from({ length: 3_000 }, (_, row) => (row % 5 === 0 ? null : { n: row, t: row % 3 === 0 ? null : `t${row}` }))
    const type = new Struct([new Field('n', new Int32(), true), new Field('t', new Utf8(), true)])
    const bytes = arrowFile({ s: vectorFromArray(values, type) }, (builder) => builder.setDataPageSizeLimit(500).setWriteBatchSize(64))
    expect(texts((await read(bytes)).rows)).toEqual(values)
  })
})

test('no row group, or one without rows', async () => {
  const schema = new Schema([new Field('a', new Int32(), true)])
  const bytes = writeParquet(WasmTable.fromIPCStream(tableToIPC(new Table(schema), 'stream')))
  expect(await read(bytes)).toEqual({ columns: ['a integer'], rows: [], expected: 0 })
})

test.each([
  ['nothing', Buffer.alloc(0), 'is no Parquet file'],
  ['text', Buffer.from('a,b\n1,2\n3,4\n'), 'is no Parquet file, or is cut off'],
  ['an encrypted file', Buffer.from('PAR1 data data PARE'), 'is encrypted'],
  [
    'a footer that is longer than the file',
    Buffer.from('PAR1\xff\xff\xff\x00PAR1', 'latin1'),
    'is damaged: its metadata cannot be as long',
  ],
])('%s is refused', async (_what, bytes, message) => {
  await expect(read(bytes)).rejects.toThrow(BadFileError)
  await expect(read(bytes)).rejects.toThrow(message)
})

test('whatever is damaged in a file, it is read or refused', async () => {
  const list: SchemaElement[] = [
    { name: 'root', num_children: 2 },
    { name: 'l', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
    { name: 'n', type: 'INT64', repetition_type: 'OPTIONAL' },
  ]
  const data = Array.from({ length: 100 }, (_, row) => (row % 9 === 0 ? null : [`x${row % 5}`, null]))
  const files = [
    new Uint8Array(
      parquetWriteBuffer({
        schema: list,
        columnData: [
          { name: 'l', data },
          { name: 'n', data: data.map((_, row) => BigInt(row)) },
        ],
      }),
    ),
    arrowFile(tableOfAll(300), (builder) => builder.setCompression(Compression.UNCOMPRESSED).setWriterVersion(WriterVersion.V2)),
    arrowFile(tableOfAll(300), (builder) => builder.setCompression(Compression.SNAPPY)),
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (file, changes) => {
        const bytes = Uint8Array.from(file)
        for (const [place, value] of changes) bytes[place % bytes.length] = value
        try {
          await read(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(BadFileError)
        }
      },
    ),
    { numRuns: 200 },
  )
})
