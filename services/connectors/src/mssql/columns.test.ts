import { encoderOf } from '@aiia/pg-copy/text-encoders'
import { describe, expect, test } from 'vitest'
import { printType, toReadColumn, writing } from './columns.ts'
import { mssqlKind } from './config.ts'

const column = (base: string, { size = 8, digits = 0, scale = 0, isKey = false, nullable = true } = {}) => {
  const type = { base, size, digits, scale }
  return toReadColumn({ name: 'c]', sourceType: printType(type), nullable, isKey }, type)
}

describe('each type arrives in one that holds its values', () => {
  test.each([
    ['bit', {}, 'bit', 'boolean', '[c]]]'],
    ['tinyint', {}, 'tinyint', 'smallint', '[c]]]'],
    ['int', {}, 'int', 'integer', '[c]]]'],
    ['bigint', {}, 'bigint', 'bigint', '[c]]]'],
    ['decimal', { digits: 38, scale: 10 }, 'decimal(38,10)', 'numeric(38,10)', 'CONVERT(varchar(41), [c]]])'],
    ['numeric', { digits: 5 }, 'numeric(5,0)', 'numeric(5,0)', 'CONVERT(varchar(41), [c]]])'],
    ['money', {}, 'money', 'numeric(19,4)', 'CONVERT(varchar(25), [c]]], 2)'],
    ['smallmoney', {}, 'smallmoney', 'numeric(10,4)', 'CONVERT(varchar(25), [c]]], 2)'],
    ['real', {}, 'real', 'real', '[c]]]'],
    ['float', {}, 'float', 'double precision', '[c]]]'],
    ['date', {}, 'date', 'date', 'CONVERT(varchar(10), [c]]], 23)'],
    ['time', { scale: 3 }, 'time(3)', 'time(3) without time zone', 'CONVERT(varchar(27), [c]]], 121)'],
    ['smalldatetime', {}, 'smalldatetime', 'timestamp(0) without time zone', 'CONVERT(varchar(19), [c]]], 120)'],
    ['datetime', { scale: 3 }, 'datetime', 'timestamp(3) without time zone', 'CONVERT(varchar(27), [c]]], 121)'],
    ['datetime2', { scale: 6 }, 'datetime2(6)', 'timestamp(6) without time zone', 'CONVERT(varchar(27), [c]]], 121)'],
    ['datetime2', { scale: 7 }, 'datetime2(7)', 'timestamp(6) without time zone', 'CONVERT(varchar(27), [c]]], 121)'],
    ['datetime2', { scale: 7, isKey: true }, 'datetime2(7)', 'text', 'CONVERT(varchar(27), [c]]], 121)'],
    [
      'datetimeoffset',
      { scale: 2 },
      'datetimeoffset(2)',
      'timestamp(2) with time zone',
      "CONVERT(varchar(27), CONVERT(datetime2(2), SWITCHOFFSET([c]]], '+00:00')), 121)",
    ],
    ['uniqueidentifier', {}, 'uniqueidentifier', 'uuid', '[c]]]'],
    ['nvarchar', { size: 100 }, 'nvarchar(50)', 'text', '[c]]]'],
    ['varchar', { size: -1 }, 'varchar(max)', 'text', '[c]]]'],
    ['xml', {}, 'xml', 'text', '[c]]]'],
    ['varbinary', { size: 16 }, 'varbinary(16)', 'bytea', '[c]]]'],
    ['timestamp', {}, 'timestamp', 'bigint', 'CONVERT(bigint, [c]]])'],
    ['geography', {}, 'geography', 'text', '[c]]].AsTextZM()'],
    ['hierarchyid', {}, 'hierarchyid', 'text', '[c]]].ToString()'],
    ['sql_variant', {}, 'sql_variant', 'text', 'CONVERT(nvarchar(4000), [c]]])'],
    ['json', {}, 'json', 'json', 'CONVERT(nvarchar(max), [c]]])'],
    ['vector', {}, 'vector', 'text', 'CONVERT(nvarchar(max), [c]]])'],
  ])('%s %j', (base, details, sourceType, type, expression) => {
    const found = column(base, details)
    expect(found).toMatchObject({ sourceType, type, expression })
    expect(() => encoderOf(type)).not.toThrow()
  })

  test('only a time with more digits than Postgres keeps loses any', () => {
    expect(column('datetime2', { scale: 7 }).print).toBe('microseconds')
    expect(column('datetime2', { scale: 6 }).print).not.toBe('microseconds')
    expect(column('datetime2', { scale: 7, isKey: true }).print).not.toBe('microseconds')
  })
})

describe('a cursor value is compared in the type of its column', () => {
  test.each([
    ['int', {}, '-5', false, '-5'],
    ['decimal', { digits: 18, scale: 2 }, '12.50', false, '12.50'],
    ['date', {}, '2026-11-24', false, "CONVERT(date, CONVERT(datetime2(7), N'2026-11-24', 121))"],
    [
      'datetime',
      { scale: 3 },
      '2026-11-24 10:35:00.003',
      false,
      "CONVERT(datetime, CONVERT(datetime2(7), N'2026-11-24 10:35:00.003', 121))",
    ],
    [
      'datetime2',
      { scale: 7 },
      '2026-11-24 10:35:00.123456',
      true,
      "DATEADD(microsecond, 1, CONVERT(datetime2(7), N'2026-11-24 10:35:00.123456', 121))",
    ],
    [
      'datetimeoffset',
      { scale: 3 },
      '2026-11-24 10:35:00.5+00',
      false,
      "TODATETIMEOFFSET(CONVERT(datetime2(7), N'2026-11-24 10:35:00.5', 121), '+00:00')",
    ],
    ['timestamp', {}, '2001', false, 'CONVERT(binary(8), CONVERT(bigint, 2001))'],
    ['timestamp', {}, '-299', false, 'CONVERT(binary(8), CONVERT(bigint, 0))'],
    ['nvarchar', { size: 20 }, "O'Neill", false, "N'O''Neill'"],
  ])('%s %j %s', (base, details, value, next, sql) => {
    expect(writing.valueOf(column(base, details), value, next)).toBe(sql)
  })

  test('what is no number is no SQL either', () => {
    expect(() => writing.valueOf(column('int'), '1 OR 1=1', false)).toThrow(expect.objectContaining({ code: 'INVALID_QUERY' }))
  })
})

test('the kind tells where it connects to, and that nobody has seen it there', () => {
  const settings = { host: 'DB.local', database: 'production', user: 'reader', instance: 'SQLEXPRESS' }
  expect(mssqlKind.address(settings)).toBe('mssql://reader@DB.local:1433/production?instance=SQLEXPRESS')
  expect(mssqlKind.sourceHost(settings)).toBe('db.local:1433')
  expect(mssqlKind.targetOf(settings)).toEqual({
    host: 'DB.local',
    port: 1433,
    database: 'production',
    instance: 'SQLEXPRESS',
    user: 'reader',
    tls: 'disable',
  })
  expect(mssqlKind.verified).toBe(false)
  expect(mssqlKind.settings.safeParse({ ...settings, instance: 'a;b' }).success).toBe(false)
})
