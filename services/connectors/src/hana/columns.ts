/**
 * Columns of HANA: the Postgres type that holds their values, and the SQL that reads them. Times are printed by the server,
 * since their form in the protocol depends on what client and server agree on; decimals come as text.
 */

import type { Column } from 'hdb'
import { printPlain } from '../sql-database/rows-as-text.ts'
import { numberLiteral, type ReadColumn, textLiteral, type Writing } from '../sql-database/value-source.ts'
import { quote } from './table-name.ts'

export type HanaType = {
  base: string
  /** Digits of a number, characters of a text. */
  length: number
  /** Digits behind the point; null: a decimal whose point floats. */
  scale: number | null
}

type Reading = { type: string; read?: (column: string) => string; print?: ReadColumn['print'] }

const same: Readonly<Record<string, string>> = {
  // Without a sign.
  TINYINT: 'smallint',
  SMALLINT: 'smallint',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  SMALLDECIMAL: 'numeric',
  REAL: 'real',
  DOUBLE: 'double precision',
  BOOLEAN: 'boolean',
  CHAR: 'text',
  VARCHAR: 'text',
  NCHAR: 'text',
  NVARCHAR: 'text',
  ALPHANUM: 'text',
  SHORTTEXT: 'text',
  CLOB: 'text',
  NCLOB: 'text',
  TEXT: 'text',
  BINTEXT: 'text',
  BINARY: 'bytea',
  VARBINARY: 'bytea',
  BLOB: 'bytea',
}

const [date, clock] = ['YYYY-MM-DD', 'HH24:MI:SS']
const printed = (format: string) => (column: string) => `TO_VARCHAR(${column}, '${format}')`

const readingOf = ({ base, length, scale }: HanaType, isKey: boolean): Reading => {
  const type = same[base]
  if (type !== undefined) return { type }
  switch (base) {
    case 'DECIMAL':
      return { type: scale === null ? 'numeric' : `numeric(${length},${scale})` }
    case 'DATE':
      return { type: 'date', read: printed(date) }
    case 'TIME':
      return { type: 'time(0) without time zone', read: printed(clock) }
    case 'SECONDDATE':
      return { type: 'timestamp(0) without time zone', read: printed(`${date} ${clock}`) }
    // Seven digits of a second, of which Postgres keeps six; in a key every digit counts, so it is text there.
    case 'TIMESTAMP': {
      const read = printed(`${date} ${clock}.FF7`)
      return isKey ? { type: 'text', read } : { type: 'timestamp(6) without time zone', read, print: 'microseconds' }
    }
    case 'ST_GEOMETRY':
    case 'ST_POINT':
      return { type: 'text', read: (column) => `${column}.ST_AsWKT()` }
    default:
      // Vectors, and what later servers invent: text is what they print.
      return { type: 'text', read: (column) => `TO_NVARCHAR(${column})` }
  }
}

export const toReadColumn = (
  { name, sourceType, nullable, isKey }: { name: string; sourceType: string; nullable: boolean; isKey: boolean },
  hanaType: HanaType,
): ReadColumn => {
  const { type, read, print } = readingOf(hanaType, isKey)
  const quoted = quote(name)
  return { name, sourceType, type, nullable, expression: read?.(quoted) ?? quoted, print: print ?? printPlain }
}

/** `DECIMAL(15,2)`, `NVARCHAR(30)`. */
export const printType = ({ base, length, scale }: HanaType): string => {
  if (base === 'DECIMAL') return scale === null ? base : `${base}(${length},${scale})`
  return /^(N?(VAR)?CHAR|ALPHANUM|SHORTTEXT|(VAR)?BINARY)$/.test(base) ? `${base}(${length})` : base
}

/** Type codes of the SQL command network protocol, by the names of the catalogue. */
const typeCodes: Readonly<Record<number, string>> = {
  1: 'TINYINT',
  2: 'SMALLINT',
  3: 'INTEGER',
  4: 'BIGINT',
  5: 'DECIMAL',
  6: 'REAL',
  7: 'DOUBLE',
  8: 'CHAR',
  9: 'VARCHAR',
  10: 'NCHAR',
  11: 'NVARCHAR',
  12: 'BINARY',
  13: 'VARBINARY',
  14: 'DATE',
  15: 'TIME',
  16: 'TIMESTAMP',
  25: 'CLOB',
  26: 'NCLOB',
  27: 'BLOB',
  28: 'BOOLEAN',
  29: 'VARCHAR',
  30: 'NVARCHAR',
  31: 'BLOB',
  32: 'NCLOB',
  33: 'VARBINARY',
  51: 'TEXT',
  52: 'SHORTTEXT',
  53: 'BINTEXT',
  55: 'ALPHANUM',
  61: 'TIMESTAMP',
  62: 'SECONDDATE',
  63: 'DATE',
  64: 'TIME',
  74: 'ST_GEOMETRY',
  75: 'ST_POINT',
  76: 'DECIMAL',
  81: 'DECIMAL',
  82: 'DECIMAL',
}

/** More digits behind the point than any decimal has. */
const floating = 0x7f_ff

/** Of custom SQL, whose columns no catalogue has. */
export const fromField = (field: Column): ReadColumn => {
  const base = typeCodes[field.dataType] ?? `TYPE ${field.dataType}`
  const type = { base, length: field.length, scale: field.fraction === floating ? null : field.fraction }
  return toReadColumn({ name: field.columnDisplayName, sourceType: printType(type), nullable: !field.isMandatory(), isKey: false }, type)
}

export type ObjectKind = 'text' | 'bytes'

/** How a value comes that is read for itself, large objects; undefined: it is in the row. */
export const objectKindOf = ({ dataType }: Column): ObjectKind | undefined => {
  const type = same[typeCodes[dataType] ?? '']
  if (dataType === 31 || dataType === 27) return 'bytes'
  return type === 'text' && [25, 26, 32, 51, 53].includes(dataType) ? 'text' : undefined
}

export const writing: Writing = {
  quote,
  /** In the type of the column itself, so that the server need not convert every row for the comparison. */
  valueOf: (column, value, next) => {
    const [day = '', time = '00:00:00'] = value.replace(/[+]00(:00)?$/, '').split(' ')
    const [second = '', fraction = ''] = time.split('.')
    switch (column.sourceType) {
      case 'DATE':
        return `TO_DATE(${textLiteral(day)}, '${date}')`
      case 'SECONDDATE':
        return `TO_SECONDDATE(${textLiteral(`${day} ${second}`)}, '${date} ${clock}')`
      case 'TIMESTAMP': {
        const moment = `TO_TIMESTAMP(${textLiteral(`${day} ${second}.${fraction.padEnd(6, '0')}`)}, '${date} ${clock}.FF6')`
        // Ten times 100 nanoseconds.
        return next ? `ADD_NANO100(${moment}, 10)` : moment
      }
      default:
        return /^(smallint|integer|bigint|numeric|real|double)/.test(column.type) ? numberLiteral(value) : `N${textLiteral(value)}`
    }
  },
  count: 'COUNT(*)',
  sumOf: ({ name, type }) => {
    const scale = type === 'numeric' ? undefined : (/,(\d+)\)$/.exec(type)?.[1] ?? '0')
    return `COALESCE(SUM(${scale === undefined ? quote(name) : `TO_DECIMAL(${quote(name)}, 38, ${scale})`}), 0)`
  },
}
