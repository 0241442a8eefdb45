/**
 * Columns of Oracle: the Postgres type that holds their values, and the SQL that reads them. Times are printed by the
 * server, since the driver has them as dates; numbers come with all their digits as text.
 */

import { type PrintValue, printPlain } from '../sql-database/rows-as-text.ts'
import { numberLiteral, type ReadColumn, textLiteral, type Writing } from '../sql-database/value-source.ts'
import { quote } from './table-name.ts'

export type OracleType = {
  /** Without the numbers in parentheses, such as `TIMESTAMP WITH TIME ZONE`. */
  base: string
  /** Digits of a number; null: no limit. */
  digits: number | null
  /** Digits behind the point of a number, or of a second. */
  scale: number | null
}

type Reading = { type: string; read?: (column: string) => string; print?: ReadColumn['print'] }

const same: Readonly<Record<string, string>> = {
  BINARY_FLOAT: 'real',
  BINARY_DOUBLE: 'double precision',
  BOOLEAN: 'boolean',
  RAW: 'bytea',
  'LONG RAW': 'bytea',
  BLOB: 'bytea',
  CHAR: 'text',
  VARCHAR2: 'text',
  NCHAR: 'text',
  NVARCHAR2: 'text',
  CLOB: 'text',
  NCLOB: 'text',
  LONG: 'text',
  ROWID: 'text',
  UROWID: 'text',
  // A number of so many bits, stored as decimal digits.
  FLOAT: 'numeric',
}

/** Most digits of a number that names none and has no fraction. */
const mostDigits = 38

const numberType = (digits: number | null, scale: number | null): string => {
  if (digits === null) return scale === 0 ? `numeric(${mostDigits},0)` : 'numeric'
  const behind = scale ?? 0
  // A negative scale rounds before the point; one beyond the digits begins behind zeros.
  if (behind < 0) return numberType(digits - behind, 0)
  if (behind > 0) return `numeric(${Math.max(digits, behind)},${behind})`
  if (digits <= 4) return 'smallint'
  if (digits <= 9) return 'integer'
  return digits <= 18 ? 'bigint' : `numeric(${digits},0)`
}

/** Postgres has six digits of a second, Oracle nine. */
const keptDigits = 6

/** A year before Christ has a sign, which no date of Postgres takes for one: the row is rejected, not moved. */
const isoText = (value: string, fraction: number): string =>
  `TO_CHAR(${value}, 'SYYYY-MM-DD HH24:MI:SS${fraction > 0 ? `.FF${fraction}` : ''}')`

const printTrimmed: PrintValue = (value) => String(value).trimStart()

/** In a key every digit counts, so it is text there. */
const timeOf = (zone: 'with' | 'without', fraction: number, isKey: boolean, utc: (column: string) => string): Reading => {
  const read = (column: string): string => isoText(utc(column), fraction)
  if (fraction > keptDigits && isKey) return { type: 'text', read, print: printTrimmed }
  return {
    type: `timestamp(${Math.min(fraction, keptDigits)}) ${zone} time zone`,
    read,
    print: fraction > keptDigits ? 'microseconds' : printTrimmed,
  }
}

/** `-05 03:22:01.123456789` → `-5 days -03:22:01.123456`, as Postgres prints it. */
const printDays: PrintValue = (value) => {
  const [text, sign = '', days, clock, fraction = ''] = /^[+]?(-?)(\d+) (\d\d:\d\d:\d\d)(\.\d+)?$/.exec(String(value)) ?? []
  return text === undefined ? String(value) : `${sign}${Number(days)} days ${sign}${clock}${fraction.slice(0, keptDigits + 1)}`
}

/** `-02-06` → `-2 years -6 mons`. */
const printMonths: PrintValue = (value) => {
  const [text, sign = '', years, months] = /^[+]?(-?)(\d+)-(\d+)$/.exec(String(value)) ?? []
  return text === undefined ? String(value) : `${sign}${Number(years)} years ${sign}${Number(months)} mons`
}

const readingOf = ({ base, digits, scale }: OracleType, isKey: boolean): Reading | null => {
  const type = same[base]
  if (type !== undefined) return { type }
  const fraction = scale ?? keptDigits
  switch (base) {
    case 'NUMBER':
      return { type: numberType(digits, scale) }
    // It has a time as well.
    case 'DATE':
      return { type: 'timestamp(0) without time zone', read: (column) => isoText(column, 0), print: printTrimmed }
    case 'TIMESTAMP':
      return timeOf('without', fraction, isKey, (column) => column)
    case 'TIMESTAMP WITH TIME ZONE':
    case 'TIMESTAMP WITH LOCAL TIME ZONE':
      return timeOf('with', fraction, isKey, (column) => `SYS_EXTRACT_UTC(${column})`)
    case 'INTERVAL DAY TO SECOND':
      return { type: 'interval', read: (column) => `TO_CHAR(${column})`, print: printDays }
    case 'INTERVAL YEAR TO MONTH':
      return { type: 'interval', read: (column) => `TO_CHAR(${column})`, print: printMonths }
    case 'JSON':
      return { type: 'json', read: (column) => `JSON_SERIALIZE(${column} RETURNING CLOB)` }
    case 'XMLTYPE':
      return { type: 'text', read: (column) => `XMLSERIALIZE(CONTENT ${column} AS CLOB)` }
    case 'VECTOR':
      return { type: 'text', read: (column) => `FROM_VECTOR(${column} RETURNING CLOB)` }
    default:
      if (/(^|\.)SDO_GEOMETRY$/.test(base)) return { type: 'text', read: (column) => `SDO_UTIL.TO_WKTGEOMETRY(${column})` }
      // Files outside the database, and objects, which have no text.
      return null
  }
}

/** @returns null for a column that cannot be read */
export const toReadColumn = (
  column: { name: string; sourceType: string; nullable: boolean; isKey: boolean },
  oracleType: OracleType,
): ReadColumn | null => {
  const reading = readingOf(oracleType, column.isKey)
  if (reading === null) return null
  const { name, sourceType, nullable } = column
  const quoted = quote(name)
  return {
    name,
    sourceType,
    type: reading.type,
    nullable,
    expression: reading.read?.(quoted) ?? quoted,
    print: reading.print ?? printPlain,
  }
}

/** `TIMESTAMP(6) WITH TIME ZONE` → `TIMESTAMP WITH TIME ZONE`. */
export const baseOf = (type: string): string => type.replaceAll(/\([^)]*\)/g, '')

/** `NUMBER(15,2)`, `VARCHAR2(30)`. */
export const printType = ({ base, digits, scale }: OracleType, whole: string, length: number | null): string => {
  if (base === 'NUMBER') return digits === null ? (scale === 0 ? 'NUMBER(*,0)' : 'NUMBER') : `NUMBER(${digits},${scale ?? 0})`
  return /^(N?CHAR|N?VARCHAR2|RAW)$/.test(base) && length !== null ? `${base}(${length})` : whole
}

const secondsEnd = 'YYYY-MM-DD HH24:MI:SS'.length - 2

export const writing: Writing = {
  quote,
  /** In the type of the column itself, so that the server need not convert every row for the comparison. */
  valueOf: (column, value, next) => {
    const later = (time: string): string => (next ? `(${time} + INTERVAL '0.000001' SECOND)` : time)
    // As Postgres prints it in UTC.
    const moment = value.replace(/[+]00(:00)?$/, '')
    switch (baseOf(column.sourceType)) {
      case 'DATE':
        return `TO_DATE(${textLiteral(moment.slice(0, secondsEnd))}, 'YYYY-MM-DD HH24:MI:SS')`
      case 'TIMESTAMP':
        return later(`TIMESTAMP ${textLiteral(moment)}`)
      case 'TIMESTAMP WITH TIME ZONE':
      case 'TIMESTAMP WITH LOCAL TIME ZONE':
        return later(`TIMESTAMP ${textLiteral(`${moment} +00:00`)}`)
      default:
        return /^(smallint|integer|bigint|numeric|real|double)/.test(column.type) ? numberLiteral(value) : textLiteral(value)
    }
  },
  count: 'COUNT(*)',
  sumOf: ({ name }) => `COALESCE(SUM(${quote(name)}), 0)`,
}
