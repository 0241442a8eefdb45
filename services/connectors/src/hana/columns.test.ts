import { encoderOf } from '@aiia/pg-copy/text-encoders'
import type { Column } from 'hdb'
import { describe, expect, test } from 'vitest'
import { fromField, objectKindOf, printType, toReadColumn, writing } from './columns.ts'
import { hanaKind } from './config.ts'

const column = (base: string, { length = 0, scale = null as number | null, isKey = false } = {}) => {
  const type = { base, length, scale }
  return toReadColumn({ name: 'C"', sourceType: printType(type), nullable: true, isKey }, type)
}

describe('each type arrives in one that holds its values', () => {
  test.each([
    ['TINYINT', {}, 'TINYINT', 'smallint', '"C"""'],
    ['INTEGER', {}, 'INTEGER', 'integer', '"C"""'],
    ['BIGINT', {}, 'BIGINT', 'bigint', '"C"""'],
    ['DECIMAL', { length: 15, scale: 2 }, 'DECIMAL(15,2)', 'numeric(15,2)', '"C"""'],
    ['DECIMAL', { length: 34 }, 'DECIMAL', 'numeric', '"C"""'],
    ['SMALLDECIMAL', { length: 16 }, 'SMALLDECIMAL', 'numeric', '"C"""'],
    ['REAL', {}, 'REAL', 'real', '"C"""'],
    ['DOUBLE', {}, 'DOUBLE', 'double precision', '"C"""'],
    ['BOOLEAN', {}, 'BOOLEAN', 'boolean', '"C"""'],
    ['DATE', {}, 'DATE', 'date', `TO_VARCHAR("C""", 'YYYY-MM-DD')`],
    ['TIME', {}, 'TIME', 'time(0) without time zone', `TO_VARCHAR("C""", 'HH24:MI:SS')`],
    ['SECONDDATE', {}, 'SECONDDATE', 'timestamp(0) without time zone', `TO_VARCHAR("C""", 'YYYY-MM-DD HH24:MI:SS')`],
    ['TIMESTAMP', {}, 'TIMESTAMP', 'timestamp(6) without time zone', `TO_VARCHAR("C""", 'YYYY-MM-DD HH24:MI:SS.FF7')`],
    ['TIMESTAMP', { isKey: true }, 'TIMESTAMP', 'text', `TO_VARCHAR("C""", 'YYYY-MM-DD HH24:MI:SS.FF7')`],
    ['NVARCHAR', { length: 30 }, 'NVARCHAR(30)', 'text', '"C"""'],
    ['NCLOB', {}, 'NCLOB', 'text', '"C"""'],
    ['VARBINARY', { length: 16 }, 'VARBINARY(16)', 'bytea', '"C"""'],
    ['BLOB', {}, 'BLOB', 'bytea', '"C"""'],
    ['ST_POINT', {}, 'ST_POINT', 'text', '"C""".ST_AsWKT()'],
    ['REAL_VECTOR', {}, 'REAL_VECTOR', 'text', 'TO_NVARCHAR("C""")'],
  ])('%s %j', (base, details, sourceType, type, expression) => {
    expect(column(base, details)).toMatchObject({ sourceType, type, expression })
    expect(() => encoderOf(type)).not.toThrow()
  })
})

const field = (dataType: number, { length = 0, fraction = 0, mandatory = false } = {}): Column => ({
  dataType,
  length,
  fraction,
  columnDisplayName: 'C',
  isMandatory: () => mandatory,
})

test.each([
  [5, { length: 18, fraction: 2 }, 'DECIMAL(18,2)', 'numeric(18,2)'],
  [5, { length: 34, fraction: 32_767 }, 'DECIMAL', 'numeric'],
  [61, {}, 'TIMESTAMP', 'timestamp(6) without time zone'],
  [62, {}, 'SECONDDATE', 'timestamp(0) without time zone'],
  [63, {}, 'DATE', 'date'],
  [64, {}, 'TIME', 'time(0) without time zone'],
  [11, { length: 30 }, 'NVARCHAR(30)', 'text'],
  [28, {}, 'BOOLEAN', 'boolean'],
])('a result’s type %i %j is known', (dataType, details, sourceType, type) => {
  expect(fromField(field(dataType, details))).toMatchObject({ name: 'C', sourceType, type, nullable: true })
  expect(fromField(field(dataType, { ...details, mandatory: true })).nullable).toBe(false)
})

test.each([
  [26, 'text'],
  [51, 'text'],
  [27, 'bytes'],
  [11, undefined],
  [13, undefined],
])('a value of type %i is read for itself: %s', (dataType, kind) => {
  expect(objectKindOf(field(dataType))).toBe(kind)
})

describe('a cursor value is compared in the type of its column', () => {
  test.each([
    ['BIGINT', {}, '-5', false, '-5'],
    ['DATE', {}, '2026-11-24', false, "TO_DATE('2026-11-24', 'YYYY-MM-DD')"],
    ['SECONDDATE', {}, '2026-11-24 10:35:00.5', false, "TO_SECONDDATE('2026-11-24 10:35:00', 'YYYY-MM-DD HH24:MI:SS')"],
    ['TIMESTAMP', {}, '2026-11-24 10:35:00.5', false, "TO_TIMESTAMP('2026-11-24 10:35:00.500000', 'YYYY-MM-DD HH24:MI:SS.FF6')"],
    [
      'TIMESTAMP',
      {},
      '2026-11-24 10:35:00.123456',
      true,
      "ADD_NANO100(TO_TIMESTAMP('2026-11-24 10:35:00.123456', 'YYYY-MM-DD HH24:MI:SS.FF6'), 10)",
    ],
    ['NVARCHAR', { length: 30 }, "O'Neill", false, "N'O''Neill'"],
  ])('%s %j %s', (base, details, value, next, sql) => {
    expect(writing.valueOf(column(base, details), value, next)).toBe(sql)
  })
})

test('the kind tells where it connects to', () => {
  const settings = { host: 'db', user: 'reader', database: 'PRD', port: 30_013 }
  expect(hanaKind.address(settings)).toBe('hana://reader@db:30013/PRD')
  expect(hanaKind.address({ host: 'db', user: 'reader' })).toBe('hana://reader@db:30015/')
  expect(hanaKind.targetOf(settings)).toEqual({ host: 'db', port: 30_013, database: 'PRD', user: 'reader', tls: 'disable' })
  expect(hanaKind.verified).toBe(false)
})
