import { CopyWriter } from '@aiia/pg-copy/copy-writer'
import { encoderOf } from '@aiia/pg-copy/text-encoders'
import { describe, expect, test } from 'vitest'
import { baseOf, printType, toReadColumn, writing } from './columns.ts'
import { oracleKind } from './config.ts'

const column = (
  whole: string,
  { digits = null as number | null, scale = null as number | null, length = null as number | null, isKey = false } = {},
) => {
  const type = { base: baseOf(whole), digits, scale }
  const found = toReadColumn({ name: 'C', sourceType: printType(type, whole, length), nullable: true, isKey }, type)
  if (found === null) throw new Error('It cannot be read.')
  return found
}

const iso = "'SYYYY-MM-DD HH24:MI:SS"

describe('each type arrives in one that holds its values', () => {
  test.each([
    ['NUMBER', {}, 'NUMBER', 'numeric', '"C"'],
    ['NUMBER', { scale: 0 }, 'NUMBER(*,0)', 'numeric(38,0)', '"C"'],
    ['NUMBER', { digits: 4, scale: 0 }, 'NUMBER(4,0)', 'smallint', '"C"'],
    ['NUMBER', { digits: 9, scale: 0 }, 'NUMBER(9,0)', 'integer', '"C"'],
    ['NUMBER', { digits: 18, scale: 0 }, 'NUMBER(18,0)', 'bigint', '"C"'],
    ['NUMBER', { digits: 19, scale: 0 }, 'NUMBER(19,0)', 'numeric(19,0)', '"C"'],
    ['NUMBER', { digits: 15, scale: 2 }, 'NUMBER(15,2)', 'numeric(15,2)', '"C"'],
    ['NUMBER', { digits: 2, scale: 5 }, 'NUMBER(2,5)', 'numeric(5,5)', '"C"'],
    ['NUMBER', { digits: 5, scale: -2 }, 'NUMBER(5,-2)', 'integer', '"C"'],
    ['FLOAT', { digits: 126 }, 'FLOAT', 'numeric', '"C"'],
    ['BINARY_DOUBLE', {}, 'BINARY_DOUBLE', 'double precision', '"C"'],
    ['VARCHAR2', { length: 30 }, 'VARCHAR2(30)', 'text', '"C"'],
    ['NCLOB', {}, 'NCLOB', 'text', '"C"'],
    ['RAW', { length: 16 }, 'RAW(16)', 'bytea', '"C"'],
    ['BLOB', {}, 'BLOB', 'bytea', '"C"'],
    ['DATE', {}, 'DATE', 'timestamp(0) without time zone', `TO_CHAR("C", ${iso}')`],
    ['TIMESTAMP(3)', { scale: 3 }, 'TIMESTAMP(3)', 'timestamp(3) without time zone', `TO_CHAR("C", ${iso}.FF3')`],
    ['TIMESTAMP(0)', { scale: 0 }, 'TIMESTAMP(0)', 'timestamp(0) without time zone', `TO_CHAR("C", ${iso}')`],
    ['TIMESTAMP(9)', { scale: 9 }, 'TIMESTAMP(9)', 'timestamp(6) without time zone', `TO_CHAR("C", ${iso}.FF9')`],
    ['TIMESTAMP(9)', { scale: 9, isKey: true }, 'TIMESTAMP(9)', 'text', `TO_CHAR("C", ${iso}.FF9')`],
    [
      'TIMESTAMP(6) WITH TIME ZONE',
      { scale: 6 },
      'TIMESTAMP(6) WITH TIME ZONE',
      'timestamp(6) with time zone',
      `TO_CHAR(SYS_EXTRACT_UTC("C"), ${iso}.FF6')`,
    ],
    [
      'TIMESTAMP(6) WITH LOCAL TIME ZONE',
      { scale: 6 },
      'TIMESTAMP(6) WITH LOCAL TIME ZONE',
      'timestamp(6) with time zone',
      `TO_CHAR(SYS_EXTRACT_UTC("C"), ${iso}.FF6')`,
    ],
    ['INTERVAL DAY(2) TO SECOND(6)', {}, 'INTERVAL DAY(2) TO SECOND(6)', 'interval', 'TO_CHAR("C")'],
    ['JSON', {}, 'JSON', 'json', 'JSON_SERIALIZE("C" RETURNING CLOB)'],
    ['XMLTYPE', {}, 'XMLTYPE', 'text', 'XMLSERIALIZE(CONTENT "C" AS CLOB)'],
    ['SDO_GEOMETRY', {}, 'SDO_GEOMETRY', 'text', 'SDO_UTIL.TO_WKTGEOMETRY("C")'],
    ['BOOLEAN', {}, 'BOOLEAN', 'boolean', '"C"'],
  ])('%s %j', (whole, details, sourceType, type, expression) => {
    expect(column(whole, details)).toMatchObject({ sourceType, type, expression })
    expect(() => encoderOf(type)).not.toThrow()
  })

  test.each(['BFILE', 'SCOTT.ADDRESS_TYPE'])('%s cannot be read', (whole) => {
    expect(
      toReadColumn({ name: 'C', sourceType: whole, nullable: true, isKey: false }, { base: whole, digits: null, scale: null }),
    ).toBeNull()
  })
})

describe('what the server prints becomes what Postgres reads', () => {
  const printed = (whole: string, details: Parameters<typeof column>[1], value: string): string => {
    const { print } = column(whole, details)
    if (print === 'microseconds') throw new Error('It is cut.')
    return print(value).toString()
  }

  test.each([
    ['DATE', {}, ' 2026-11-24 10:35:00', '2026-11-24 10:35:00'],
    ['INTERVAL DAY(2) TO SECOND(6)', {}, '+05 03:22:01.123456', '5 days 03:22:01.123456'],
    ['INTERVAL DAY(9) TO SECOND(9)', {}, '-000000005 03:22:01.123456789', '-5 days -03:22:01.123456'],
    ['INTERVAL YEAR(2) TO MONTH', {}, '+02-06', '2 years 6 mons'],
    ['INTERVAL YEAR(2) TO MONTH', {}, '-02-06', '-2 years -6 mons'],
  ])('%s %j %j', (whole, details, value, text) => {
    expect(printed(whole, details, value)).toBe(text)
    const bytes = Buffer.from(text)
    expect(() => encoderOf(column(whole, details).type)(bytes, 0, bytes.length, new CopyWriter())).not.toThrow()
  })

  test('a date before Christ is rejected, and not moved', () => {
    const bytes = Buffer.from(printed('DATE', {}, '-4712-01-01 00:00:00'))
    expect(() => encoderOf(column('DATE').type)(bytes, 0, bytes.length, new CopyWriter())).toThrow('is not a date')
  })
})

describe('a cursor value is compared in the type of its column', () => {
  test.each([
    ['NUMBER', { digits: 10, scale: 0 }, '-5', false, '-5'],
    ['DATE', {}, '2026-11-24 10:35:00.25', false, "TO_DATE('2026-11-24 10:35:00', 'YYYY-MM-DD HH24:MI:SS')"],
    ['TIMESTAMP(6)', { scale: 6 }, '2026-11-24 10:35:00', false, "TIMESTAMP '2026-11-24 10:35:00'"],
    [
      'TIMESTAMP(9)',
      { scale: 9 },
      '2026-11-24 10:35:00.123456',
      true,
      "(TIMESTAMP '2026-11-24 10:35:00.123456' + INTERVAL '0.000001' SECOND)",
    ],
    ['TIMESTAMP(6) WITH TIME ZONE', { scale: 6 }, '2026-11-24 10:35:00.5+00', false, "TIMESTAMP '2026-11-24 10:35:00.5 +00:00'"],
    ['VARCHAR2', { length: 30 }, "O'Neill", false, "'O''Neill'"],
  ])('%s %j %s', (whole, details, value, next, sql) => {
    expect(writing.valueOf(column(whole, details), value, next)).toBe(sql)
  })
})

test('the kind tells where it connects to, and takes no service name that is more than a name', () => {
  const settings = { host: 'db', user: 'reader', serviceName: 'ORCLPDB1.example.com' }
  expect(oracleKind.address(settings)).toBe('oracle://reader@db:1521/ORCLPDB1.example.com')
  expect(oracleKind.targetOf(settings)).toEqual({
    host: 'db',
    port: 1521,
    serviceName: 'ORCLPDB1.example.com',
    user: 'reader',
    tls: 'disable',
  })
  expect(oracleKind.verified).toBe(false)
  expect(oracleKind.settings.safeParse({ ...settings, serviceName: 'A)(ADDRESS=(HOST=b)' }).success).toBe(false)
})
