/** A Parquet file with a column of each type that its writer knows. */

import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer'
import type { TypedColumn } from './kind-under-test.ts'

/** What the file has, a value, the type of the destination, and the text there. */
const types: readonly (readonly [written: BasicType, value: unknown, type: string, text: string])[] = [
  ['BOOLEAN', true, 'boolean', 'true'],
  ['INT32', -2_147_483_648, 'integer', '-2147483648'],
  ['INT64', 9_223_372_036_854_775_807n, 'bigint', '9223372036854775807'],
  ['FLOAT', 1.5, 'real', '1.5'],
  ['FLOAT16', -0.25, 'real', '-0.25'],
  ['DOUBLE', -1.5e300, 'double precision', '-1.5e+300'],
  ['STRING', 'tab\tline\nback\\slash "quote" äöü 😀', 'text', 'tab\tline\nback\\slash "quote" äöü 😀'],
  ['BYTE_ARRAY', Uint8Array.of(0, 255, 0), 'bytea', '\\x00ff00'],
  ['JSON', { b: null, a: [1, 2.5, 'ü'] }, 'jsonb', '{"a": [1, 2.5, "ü"], "b": null}'],
  ['TIMESTAMP', new Date('2026-11-24T10:35:00.123Z'), 'timestamp with time zone', '2026-11-24 10:35:00.123+00'],
  ['UUID', '123e4567-e89b-12d3-a456-426614174000', 'uuid', '123e4567-e89b-12d3-a456-426614174000'],
]

const written = types.map(([type, value], index) => ({ name: `c${index}`, type, data: [value, null], nullable: true }))

export const parquetTypeColumns: TypedColumn[] = types.map(([, , type, text], index) => ({ name: `c${index}`, type, text }))

export const parquetTypesFile = (): Buffer =>
  Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'id', type: 'INT64', data: [1n, 2n], nullable: false }, ...written] }))
