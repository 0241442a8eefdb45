import { parquetWriteBuffer, type SchemaElement } from 'hyparquet-writer'
import { expect, test } from 'vitest'
import { readParquetBytes as read } from '../../testing/parquet-bytes.ts'

/** One column of what another program writes. */
const written = (data: unknown[], element: Partial<SchemaElement>): Uint8Array => {
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 1 },
    { name: 'a', repetition_type: 'OPTIONAL', ...element },
  ]
  return new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'a', data }], schema }))
}

const types: [element: Partial<SchemaElement>, type: string, values: [value: unknown, text: string | null][]][] = [
  [
    { type: 'BOOLEAN' },
    'boolean',
    [
      [true, 'true'],
      [false, 'false'],
      [null, null],
    ],
  ],
  [
    { type: 'INT32' },
    'integer',
    [
      [-2_147_483_648, '-2147483648'],
      [0, '0'],
    ],
  ],
  [{ type: 'INT32', converted_type: 'INT_8' }, 'smallint', [[-128, '-128']]],
  [{ type: 'INT32', converted_type: 'UINT_8' }, 'smallint', [[255, '255']]],
  [{ type: 'INT32', converted_type: 'INT_16' }, 'smallint', [[-32_768, '-32768']]],
  [{ type: 'INT32', converted_type: 'UINT_16' }, 'integer', [[65_535, '65535']]],
  [{ type: 'INT32', converted_type: 'UINT_32' }, 'bigint', [[4_294_967_295, '4294967295']]],
  [
    { type: 'INT64' },
    'bigint',
    [
      [-9_223_372_036_854_775_808n, '-9223372036854775808'],
      [9_007_199_254_740_993n, '9007199254740993'],
      [-1_000_000_000n, '-1000000000'],
      [999_999_999_999n, '999999999999'],
    ],
  ],
  [{ type: 'INT64', converted_type: 'UINT_64' }, 'numeric(20,0)', [[18_446_744_073_709_551_615n, '18446744073709551615']]],
  [
    { type: 'FLOAT' },
    'real',
    [
      [0.1, '0.1'],
      [16_777_216, '16777216'],
      [1e-40, '9.99995e-41'],
      [Number.NaN, 'NaN'],
      [-Infinity, '-Infinity'],
    ],
  ],
  [
    { type: 'DOUBLE' },
    'double precision',
    [
      [0.1, '0.1'],
      [1e300, '1e+300'],
    ],
  ],
  [
    { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 2, logical_type: { type: 'FLOAT16' } },
    'real',
    [
      [1.5, '1.5'],
      [-0.000_061_035_156_25, '-0.00006103515625'],
    ],
  ],
  [
    { type: 'INT32', converted_type: 'DECIMAL', precision: 5, scale: 2 },
    'numeric(5,2)',
    [
      [-5n, '-0.05'],
      [12_345n, '123.45'],
      [0n, '0.00'],
    ],
  ],
  [
    { type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: 0 },
    'numeric(18,0)',
    [[999_999_999_999_999_999n, '999999999999999999']],
  ],
  [{ type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: 18 }, 'numeric(18,18)', [[-1n, '-0.000000000000000001']]],
  [
    { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', precision: 38, scale: 10 },
    'numeric(38,10)',
    [
      [-12_345_678_901_234_567_890_123_456_789_012_345_678n, '-1234567890123456789012345678.9012345678'],
      [1n, '0.0000000001'],
    ],
  ],
  [
    { type: 'BYTE_ARRAY', converted_type: 'DECIMAL', precision: 10, scale: 1 },
    'numeric(10,1)',
    [
      [-128n, '-12.8'],
      [0n, '0.0'],
    ],
  ],
  [
    { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
    'text',
    [
      ['ä🙂"\n', 'ä🙂"\n'],
      ['', ''],
      [null, null],
    ],
  ],
  [{ type: 'BYTE_ARRAY', converted_type: 'ENUM' }, 'text', [[Buffer.from('x'), 'x']]],
  [{ type: 'BYTE_ARRAY' }, 'bytea', [[Buffer.from('x\0'), 'x\0']]],
  [{ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 3 }, 'bytea', [[Buffer.from('abc'), 'abc']]],
  [{ type: 'BYTE_ARRAY', converted_type: 'JSON' }, 'jsonb', [[{ b: [1, null] }, '{"b":[1,null]}']]],
  [
    { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } },
    'uuid',
    [['123e4567-e89b-12d3-a456-426655440000', '123e4567-e89b-12d3-a456-426655440000']],
  ],
  [
    { type: 'INT32', converted_type: 'DATE' },
    'date',
    [
      [-1, '1969-12-31'],
      [11_016, '2000-02-29'],
      [2_932_896, '9999-12-31'],
      [2_932_897, '+010000-01-01'],
      [-719_529, '-000001-12-31'],
    ],
  ],
  [{ type: 'INT32', converted_type: 'TIME_MILLIS' }, 'time without time zone', [[86_399_999, '23:59:59.999000']]],
  [{ type: 'INT64', converted_type: 'TIME_MICROS' }, 'time without time zone', [[1n, '00:00:00.000001']]],
  [
    { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
    'timestamp with time zone',
    [
      [-1n, '1969-12-31T23:59:59.999000Z'],
      [0n, '1970-01-01T00:00:00Z'],
    ],
  ],
  [
    { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
    'timestamp with time zone',
    [
      [253_402_300_799_999_999n, '9999-12-31T23:59:59.999999Z'],
      [-62_135_596_800_000_001n, '0000-12-31T23:59:59.999999Z'],
    ],
  ],
  [
    { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' } },
    'timestamp without time zone',
    [[1_795_516_500_123_456n, '2026-11-24T10:35:00.123456']],
  ],
  [
    { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS' } },
    'timestamp with time zone',
    [
      [1_795_516_500_123_456_789n, '2026-11-24T10:35:00.123456Z'],
      [-1n, '1969-12-31T23:59:59.999999Z'],
    ],
  ],
]
test.each(types)('%o', async (element, type, values) => {
  const { columns, rows } = await read(
    written(
      values.map(([value]) => value),
      element,
    ),
  )
  expect(columns).toEqual([`a ${type}`])
  expect(rows).toEqual(values.map(([, text]) => [text]))
})

test('what may not be absent', async () => {
  expect((await read(written([1], { type: 'INT32', repetition_type: 'REQUIRED' }))).columns).toEqual(['a integer NOT NULL'])
})
