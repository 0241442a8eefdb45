import { expect, test } from 'vitest'
import { createRecordScanner } from '../json/record-scanner.ts'
import { inferColumns, type SampleMember } from './columns.ts'

const typeOf = (...values: string[]): string | undefined => {
  const records: SampleMember[][] = []
  const scanner = createRecordScanner({ path: 'body', record: (fields) => records.push(fields.members()) })
  scanner.push(Buffer.from(`[${values.map((value) => `{"v":${value}}`).join(',')}]`))
  scanner.end()
  return inferColumns(records)[0]?.type
}

test.each([
  [['1', '-2', 'null'], 'bigint'],
  [['9223372036854775807', '-9223372036854775808'], 'bigint'],
  [['1', '9223372036854775808'], 'numeric'],
  [['-9223372036854775809'], 'numeric'],
  [['1', '1.5'], 'numeric'],
  [['1', '1.0'], 'numeric'],
  [['1e300'], 'numeric'],
  [['true', 'false'], 'boolean'],
  [['true', '1'], 'text'],
  [['1', '"2"'], 'text'],
  [['"2026-11-24"', '"1999-01-31"'], 'date'],
  [['"2026-11-24"', '""'], 'text'],
  [['"2026-13-24"'], 'text'],
  [['"2026-11-24T10:35:00Z"', '"2026-11-24T10:35:00.123456+02:00"', '"2026-11-24 10:35:00-0530"'], 'timestamp with time zone'],
  [['"2026-11-24T10:35:00"', '"2026-11-24 10:35:00.5"'], 'timestamp without time zone'],
  [['"2026-11-24T10:35:00Z"', '"2026-11-24T10:35:00"'], 'text'],
  [['"2026-11-24T10:35:00Z"', '"2026-11-24"'], 'text'],
  [['"2026-11-24T25:35:00Z"'], 'text'],
  [['{"a":1}', 'null'], 'jsonb'],
  [['[1]', '"text"', '1'], 'jsonb'],
  [['null'], 'text'],
])('%j become %s', (values, type) => {
  expect(typeOf(...values)).toBe(type)
})
