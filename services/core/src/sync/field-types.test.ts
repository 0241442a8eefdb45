import { expect, test } from 'vitest'
import { canonicalType } from './field-types.ts'

test.each([
  ['Decimal ( 15 , 2 )', 'numeric(15,2)'],
  ['numeric(15)', 'numeric(15,0)'],
  ['int8', 'bigint'],
  ['VARCHAR(10)', 'character varying(10)'],
  ['char', 'character(1)'],
  ['float(24)', 'real'],
  ['timestamptz(3)', 'timestamp(3) with time zone'],
  ['timestamp (9) with time zone', 'timestamp(6) with time zone'],
  ['double  precision', 'double precision'],
  ['jsonb', 'jsonb'],
])('%s is %s', (type, name) => {
  expect(canonicalType(type)).toBe(name)
  expect(canonicalType(name)).toBe(name)
})

test.each([
  '',
  'money',
  'integer[]',
  'varchar(0)',
  'numeric(0)',
  'numeric(1,2,3)',
  'text(5)',
  'date(3)',
  'int; drop table x',
  'numeric(1001)',
])('"%s" is none', (type) => {
  expect(canonicalType(type)).toBeNull()
})
