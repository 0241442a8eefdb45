/** The types that a column of a file or an API can be given, each with a value that tries it. */

import type { TypedColumn } from './kind-under-test.ts'

type TextType = readonly [type: string, value: string, text?: string]

/** What an API can have. The value is as it stands at the source; numbers, booleans and documents are so in JSON too. */
const jsonTypes: readonly TextType[] = [
  ['text', 'tab\tline\nback\\slash "quote" äöü 😀'],
  ['character varying(20)', 'äöü 😀'],
  ['smallint', '-32768'],
  ['integer', '2147483647'],
  ['bigint', '-9223372036854775808'],
  ['numeric', '1.5e-3', '0.0015'],
  ['numeric(38,10)', '-9999999999999999999999999999.9999999999'],
  ['real', '1.17549435e-38', '1.1754944e-38'],
  ['double precision', '-1.7976931348623157e308', '-1.7976931348623157e+308'],
  ['boolean', 'true'],
  ['date', '9999-12-31'],
  ['time without time zone', '23:59:59.999999'],
  ['timestamp without time zone', '2026-11-24T10:35:00.123456', '2026-11-24 10:35:00.123456'],
  ['timestamp(3) without time zone', '2026-11-24 10:35:00.123'],
  ['timestamp with time zone', '2026-10-25T03:30:00.000001+02:00', '2026-10-25 01:30:00.000001+00'],
  ['interval', 'P1Y2M3DT4H5M6.789S', '1 year 2 mons 3 days 04:05:06.789'],
  ['uuid', 'FFFFFFFF-FFFF-ffff-ffff-ffffffffffff', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ['json', '{"a" : 1,  "a":2}'],
  ['jsonb', '{"b":null,"a":[1,2.50,"ü"]}', '{"a": [1, 2.50, "ü"], "b": null}'],
]

/** What else a file can have. */
const fileTypes: readonly TextType[] = [
  ...jsonTypes,
  ['character(8)', 'x'],
  ['bytea', 'bytes', '\\x6279746573'],
  ['bit(5)', '10101'],
  ['bit varying', '110011'],
]

type WrittenColumn = TypedColumn & { value: string }

const toColumns = (types: readonly TextType[]): WrittenColumn[] =>
  types.map(([type, value, text = value], index) => ({ name: `c${index}`, type, value, text }))

export const jsonTypeColumns = toColumns(jsonTypes)
export const fileTypeColumns = toColumns(fileTypes)

const id = { name: 'id', type: 'bigint' }

/** What the stream's source calls them. */
export const declared = (columns: readonly TypedColumn[]) => [id, ...columns.map(({ name, type }) => ({ name, type }))]

const isBare = (type: string): boolean => /^(smallint|integer|bigint|numeric|real|double|boolean|json)/.test(type)

/** Two records: one with all values, one with none. */
export const jsonTypeRecords = (columns: readonly WrittenColumn[]): string[] => {
  const members = columns.map(({ name, type, value }) => `${JSON.stringify(name)}:${isBare(type) ? value : JSON.stringify(value)}`)
  return [`{"id":1,${members.join(',')}}`, `{"id":2,${columns.map(({ name }) => `${JSON.stringify(name)}:null`).join(',')}}`]
}
