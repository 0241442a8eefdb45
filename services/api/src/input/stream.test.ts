import type { KindCapabilities } from '@aiia/connectors/kinds'
import { defaultSchemaPolicy } from '@aiia/core/sync/configuration'
import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parse } from './parse.ts'
import { streamSchema } from './stream.ts'

const everything: KindCapabilities = { sql: true, incremental: 'CURSOR', chunks: true, parallel: true, controlTotals: true }
const whole = { name: 'orders', source: { table: 'orders' } }

const parsed = (change: object, capabilities: Partial<KindCapabilities> = {}) =>
  parse(streamSchema({ streamSource: z.strictObject({ table: z.string() }), capabilities: { ...everything, ...capabilities } }), {
    ...whole,
    ...change,
  })

const refused = (change: object, capabilities: Partial<KindCapabilities> = {}): unknown => {
  try {
    parsed(change, capabilities)
  } catch (error) {
    if (error instanceof GraphQLError) return error.extensions['fields']
    throw error
  }
  return undefined
}
const field = (change: object) => ({ fields: [{ source: 'a', ...change }] })

test('a mapping says little where little differs', () => {
  expect(parsed({ fields: [{ source: 'BELNR' }] }).fields).toEqual([
    { source: 'BELNR', destination: 'BELNR', type: null, nullable: null, default: null, transforms: [] },
  ])
})

test('a whole field, with its type as Postgres calls it', () => {
  const given = {
    source: 'DMBTR',
    destination: 'amount',
    type: 'Decimal(15, 2)',
    nullable: false,
    default: '0',
    transform: [{ kind: 'TRIM' }, { kind: 'DECIMAL_COMMA' }],
  }
  const { transform, ...same } = given
  expect(parsed({ fields: [given] }).fields).toEqual([{ ...same, type: 'numeric(15,2)', transforms: transform }])
})

test('every transform, one alone or several', () => {
  const transforms = [
    { kind: 'TRIM' },
    { kind: 'UPPER' },
    { kind: 'LOWER' },
    { kind: 'NULL_VALUES', values: ['N/A', ''] },
    { kind: 'DATE_FORMAT', format: 'DD.MM.YYYY' },
    { kind: 'DECIMAL_COMMA' },
    { kind: 'CONSTANT', value: '' },
    { kind: 'SHA256' },
    { kind: 'MASK', keep: 4 },
  ]
  expect(parsed(field({ transform: transforms })).fields?.[0]?.transforms).toEqual(transforms)
  for (const transform of transforms) expect(parsed(field({ transform })).fields?.[0]?.transforms).toEqual([transform])
})

test.each([
  [{ kind: 'SHOUT' }, '.kind', 'TRIM, UPPER'],
  ['TRIM', '', '{"kind":"TRIM"}'],
  [{ kind: 'TRIM', side: 'left' }, '.side', 'no such field'],
  [{ kind: 'NULL_VALUES', values: [] }, '.values', 'at least one'],
  [{ kind: 'DATE_FORMAT', format: '%d.%m.%Y' }, '.format', 'YYYY'],
  [{ kind: 'DATE_FORMAT', format: 'MM.YYYY' }, '.format', 'needs a day'],
  [{ kind: 'CONSTANT' }, '.value', 'required'],
  [{ kind: 'MASK', keep: -1 }, '.keep', '0 to 1,000'],
])('a transform that is none is refused: %j', (transform, path, message) => {
  expect(refused(field({ transform: [{ kind: 'TRIM' }, transform] }))).toEqual({
    [`fields.0.transform.1${path}`]: expect.stringContaining(message),
  })
})

test('a field has a column, or a constant with a name', () => {
  const constant = { kind: 'CONSTANT', value: 'x' }
  expect(refused({ fields: [{ destination: 'a' }] })).toEqual({ 'fields.0.source': expect.stringContaining('CONSTANT') })
  expect(refused({ fields: [{ transform: constant }] })).toEqual({
    'fields.0.destination': expect.stringContaining('Name the destination'),
  })
  expect(parsed({ fields: [{ destination: 'a', transform: constant }] }).fields?.[0]).toMatchObject({ source: null, destination: 'a' })
})

test.each([
  ['ä'.repeat(32), '63 bytes'],
  ['ctid', 'keeps for itself'],
  ['_aiia_run', 'keeps for itself'],
  ['', 'Name the destination'],
])('a destination that Postgres does not take is refused: %s', (destination, message) => {
  expect(refused(field({ destination }))).toEqual({ 'fields.0.destination': expect.stringContaining(message) })
})

test('two fields do not fill one column, whichever name they have it from', () => {
  const fields = [{ source: 'a' }, { source: 'b', destination: 'a' }, { source: 'c', destination: 'A' }]
  expect(refused({ fields })).toEqual({ 'fields.1.destination': expect.stringContaining('"a" already') })
})

test('a type is one that values can be written as', () => {
  expect(refused(field({ type: 'money' }))).toEqual({ 'fields.0.type': expect.stringContaining('numeric(15,2)') })
  expect(refused(field({ type: 'integer', transform: { kind: 'SHA256' } }))).toEqual({ 'fields.0.type': expect.stringContaining('text') })
  expect(parsed(field({ type: 'varchar(64)', transform: { kind: 'SHA256' } })).fields?.[0]?.type).toBe('character varying(64)')
})

test('a mapping has fields', () => {
  expect(refused({ fields: [] })).toEqual({ fields: expect.stringContaining('Leave "fields" out') })
})

test('INCREMENTAL needs what tells what is new, and a key to find its rows by', () => {
  expect(refused({ mode: 'INCREMENTAL' })).toEqual({ cursorField: expect.stringContaining('grows with every change') })
  expect(refused({ mode: 'INCREMENTAL', cursorField: 'at', primaryKey: [] })).toEqual({ primaryKey: expect.stringContaining('APPEND') })
  expect(refused({ mode: 'INCREMENTAL' }, { incremental: null })).toEqual({ mode: expect.stringContaining('FULL_REFRESH') })
  expect(parsed({ mode: 'INCREMENTAL' }, { incremental: 'FILES' }).mode).toBe('INCREMENTAL')
  expect(parsed({ mode: 'INCREMENTAL', cursorField: 'at', cursorOverlap: 60 })).toMatchObject({ cursorField: 'at', cursorOverlap: 60 })
  expect(parsed({ mode: 'APPEND' }, { incremental: null }).mode).toBe('APPEND')
})

test('a cursor is for kinds that can read behind one', () => {
  expect(refused({ mode: 'APPEND', cursorField: 'at' }, { incremental: 'FILES' })).toEqual({
    cursorField: expect.stringContaining('which files are new'),
  })
  expect(refused({ mode: 'APPEND', cursorField: 'at' }, { incremental: null })).toEqual({ cursorField: expect.stringContaining('Leave') })
  expect(refused({ cursorOverlap: 31_536_001 })).toEqual({ cursorOverlap: expect.stringContaining('0 to 31,536,000') })
})

test('what names columns names those of the mapping', () => {
  const fields = [{ source: 'ID', destination: 'id' }, { source: 'AT' }]
  expect(refused({ fields, mode: 'INCREMENTAL', cursorField: 'CHANGED', primaryKey: ['ID'], controlTotals: ['AMOUNT'] })).toEqual({
    cursorField: expect.stringContaining('does not carry over "CHANGED"'),
    primaryKey: expect.stringContaining('fills no column "ID"'),
    controlTotals: expect.stringContaining('does not carry over "AMOUNT"'),
  })
  expect(refused({ fields, mode: 'INCREMENTAL', cursorField: 'AT', primaryKey: ['id'], controlTotals: ['ID'] })).toBeUndefined()
})

test('control totals are for kinds that compute them', () => {
  expect(refused({ controlTotals: [] }, { controlTotals: false })).toEqual({ controlTotals: expect.stringContaining('Leave') })
  expect(refused({ controlTotals: ['a', 'a'] })).toEqual({ controlTotals: expect.stringContaining('twice') })
  expect(parsed({ controlTotals: [] }).controlTotals).toEqual([])
})

test('what is not said of changes of the schema has its default', () => {
  expect(parsed({ schemaChanges: { added: 'IGNORE', removed: null } }).schemaChanges).toEqual({ ...defaultSchemaPolicy, added: 'IGNORE' })
  expect(refused({ schemaChanges: { added: 'DROP' } })).toHaveProperty(['schemaChanges.added'])
})
