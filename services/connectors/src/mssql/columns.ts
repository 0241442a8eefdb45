/**
 * Columns of SQL Server: the Postgres type that holds their values, and the SQL that reads them. Decimals and times are
 * printed by the server, since the driver has them as doubles and dates.
 */

import { printPlain } from '../sql-database/rows-as-text.ts'
import { numberLiteral, type ReadColumn, textLiteral, type Writing } from '../sql-database/value-source.ts'
import { quote } from './table-name.ts'

/** As sys.columns has it. */
export type MssqlType = {
  base: string
  /** In bytes; -1: max. */
  size: number
  digits: number
  scale: number
}

type Reading = { type: string; read?: (column: string) => string; cut?: boolean }

const same: Readonly<Record<string, string>> = {
  bit: 'boolean',
  tinyint: 'smallint',
  smallint: 'smallint',
  int: 'integer',
  bigint: 'bigint',
  real: 'real',
  float: 'double precision',
  uniqueidentifier: 'uuid',
  binary: 'bytea',
  varbinary: 'bytea',
  image: 'bytea',
  char: 'text',
  varchar: 'text',
  text: 'text',
  nchar: 'text',
  nvarchar: 'text',
  ntext: 'text',
  xml: 'text',
}

/** Postgres has six digits of a second, SQL Server seven. */
const keptDigits = 6
/** Style 121: ISO 8601 with a space. */
const isoText = (value: string): string => `CONVERT(varchar(27), ${value}, 121)`

/** In a key every digit counts, so it is text there. */
const timeOf = (type: (digits: number) => string, scale: number, isKey: boolean, read: (column: string) => string): Reading => {
  if (scale <= keptDigits) return { type: type(scale), read }
  return isKey ? { type: 'text', read } : { type: type(keptDigits), read, cut: true }
}

const readingOf = ({ base, digits, scale }: MssqlType, isKey: boolean): Reading => {
  const type = same[base]
  if (type !== undefined) return { type }
  switch (base) {
    case 'decimal':
    case 'numeric':
      return { type: `numeric(${digits},${scale})`, read: (column) => `CONVERT(varchar(41), ${column})` }
    // Style 2: all four digits, no commas.
    case 'money':
      return { type: 'numeric(19,4)', read: (column) => `CONVERT(varchar(25), ${column}, 2)` }
    case 'smallmoney':
      return { type: 'numeric(10,4)', read: (column) => `CONVERT(varchar(25), ${column}, 2)` }
    case 'date':
      return { type: 'date', read: (column) => `CONVERT(varchar(10), ${column}, 23)` }
    case 'time':
      return timeOf((kept) => `time(${kept}) without time zone`, scale, isKey, isoText)
    case 'smalldatetime':
      return { type: 'timestamp(0) without time zone', read: (column) => `CONVERT(varchar(19), ${column}, 120)` }
    case 'datetime':
      return { type: 'timestamp(3) without time zone', read: isoText }
    case 'datetime2':
      return timeOf((kept) => `timestamp(${kept}) without time zone`, scale, isKey, isoText)
    case 'datetimeoffset':
      return timeOf(
        (kept) => `timestamp(${kept}) with time zone`,
        scale,
        isKey,
        (column) => isoText(`CONVERT(datetime2(${scale}), SWITCHOFFSET(${column}, '+00:00'))`),
      )
    // A counter in eight bytes, of which a number can be asked whether it grew.
    case 'timestamp':
    case 'rowversion':
      return { type: 'bigint', read: (column) => `CONVERT(bigint, ${column})` }
    case 'json':
      return { type: 'json', read: (column) => `CONVERT(nvarchar(max), ${column})` }
    case 'geography':
    case 'geometry':
      return { type: 'text', read: (column) => `${column}.AsTextZM()` }
    case 'hierarchyid':
      return { type: 'text', read: (column) => `${column}.ToString()` }
    case 'sql_variant':
      return { type: 'text', read: (column) => `CONVERT(nvarchar(4000), ${column})` }
    default:
      // What later servers invent: text is what they print.
      return { type: 'text', read: (column) => `CONVERT(nvarchar(max), ${column})` }
  }
}

export const toReadColumn = (
  { name, sourceType, nullable, isKey }: { name: string; sourceType: string; nullable: boolean; isKey: boolean },
  mssqlType: MssqlType,
): ReadColumn => {
  const { type, read, cut } = readingOf(mssqlType, isKey)
  const quoted = quote(name)
  return { name, sourceType, type, nullable, expression: read?.(quoted) ?? quoted, print: cut === true ? 'microseconds' : printPlain }
}

/** `nvarchar(50)`, as the server prints it elsewhere. */
export const printType = ({ base, size, digits, scale }: MssqlType): string => {
  if (/^(decimal|numeric)$/.test(base)) return `${base}(${digits},${scale})`
  if (/^(time|datetime2|datetimeoffset)$/.test(base)) return `${base}(${scale})`
  if (/^(n?(var)?char|(var)?binary)$/.test(base)) return `${base}(${size < 0 ? 'max' : base.startsWith('n') ? size / 2 : size})`
  return base
}

/** As Postgres prints it in UTC, without the zone that goes without saying. */
const moment = (value: string): string => `CONVERT(datetime2(7), N${textLiteral(value.replace(/[+]00(:00)?$/, ''))}, 121)`

const baseOf = ({ sourceType }: ReadColumn): string => sourceType.replace(/\(.*/, '')

export const writing: Writing = {
  quote,
  /** In the type of the column itself, so that the server need not convert every row for the comparison. */
  valueOf: (column, value, next) => {
    const base = baseOf(column)
    const later = (time: string): string => (next ? `DATEADD(microsecond, 1, ${time})` : time)
    switch (base) {
      case 'timestamp':
      case 'rowversion':
        // Less than the first one, after an overlap.
        return `CONVERT(binary(8), CONVERT(bigint, ${value.startsWith('-') ? '0' : numberLiteral(value)}))`
      case 'date':
      case 'smalldatetime':
      case 'datetime':
        return `CONVERT(${base}, ${moment(value)})`
      case 'datetime2':
        return later(moment(value))
      case 'datetimeoffset':
        return `TODATETIMEOFFSET(${later(moment(value))}, '+00:00')`
      case 'time':
        return later(`CONVERT(time(7), N${textLiteral(value)})`)
      default:
        return /^(smallint|integer|bigint|numeric|real|double)/.test(column.type) ? numberLiteral(value) : `N${textLiteral(value)}`
    }
  },
  count: 'CONVERT(varchar(20), COUNT_BIG(*))',
  // ISNULL has the type of its first argument, where COALESCE would shorten the scale.
  sumOf: ({ name, type }) => {
    const scale = /,(\d+)\)$/.exec(type)?.[1] ?? '0'
    return `CONVERT(varchar(41), ISNULL(SUM(CONVERT(decimal(38,${scale}), ${quote(name)})), 0))`
  },
}
