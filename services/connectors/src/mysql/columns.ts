/** Columns of the source: the Postgres type that holds every value of theirs, and the SQL that reads it as that type's text. */

import type { SourceColumn } from '@aiia/core/sync/source'
import type { FieldPacket } from 'mysql2'
import { quote } from './table-name.ts'

/** A column with the SQL that reads it. */
export type ReadColumn = SourceColumn & { expression: string }

/** A type of MySQL, by its name in information_schema. */
type MysqlType = {
  base: string
  unsigned: boolean
  /** Digits of a decimal, or bits. */
  precision: number
  /** Digits behind the point of a number, or of a second. */
  scale: number
}

type Reading = { type: string; read?: (column: string) => string }

const integers: Readonly<Record<string, readonly [signed: string, unsigned: string]>> = {
  tinyint: ['smallint', 'smallint'],
  smallint: ['smallint', 'integer'],
  mediumint: ['integer', 'integer'],
  int: ['integer', 'bigint'],
  bigint: ['bigint', 'numeric(20,0)'],
  year: ['smallint', 'smallint'],
}

const spatial = /^(geometry|point|linestring|polygon|multipoint|multilinestring|multipolygon|geometrycollection|geomcollection)$/

const readingOf = ({ base, unsigned, precision, scale }: MysqlType): Reading => {
  const integer = integers[base]
  if (integer !== undefined) return { type: integer[unsigned ? 1 : 0] }
  if (spatial.test(base)) return { type: 'text', read: (column) => `ST_AsText(${column})` }
  if (/^(tiny|medium|long)?blob$|^(var)?binary$/.test(base)) return { type: 'bytea' }
  switch (base) {
    case 'decimal':
      return { type: `numeric(${precision},${scale})` }
    case 'float':
      // As a float it is printed with six digits; as a double with all that it has.
      return { type: 'real', read: (column) => `(${column} + 0.0e0)` }
    case 'double':
      return { type: 'double precision' }
    case 'bit':
      return { type: `bit(${precision})`, read: (column) => `LPAD(BIN(${column} + 0), ${precision}, '0')` }
    case 'date':
      return { type: 'date' }
    case 'datetime':
      return { type: `timestamp(${scale}) without time zone` }
    case 'timestamp':
      return { type: `timestamp(${scale}) with time zone` }
    case 'time':
      return { type: 'interval' }
    case 'json':
      return { type: 'json' }
    case 'uuid':
      return { type: 'uuid' }
    default:
      // Characters, enum, set, and what later servers invent: text is what they print.
      return { type: 'text' }
  }
}

const toReadColumn = (column: { name: string; sourceType: string; nullable: boolean }, mysqlType: MysqlType): ReadColumn => {
  const { type, read } = readingOf(mysqlType)
  const quoted = quote(column.name)
  return { ...column, type, expression: read?.(quoted) ?? quoted }
}

export type CatalogueColumn = {
  name: string
  dataType: string
  columnType: string
  nullable: number
  digits: number | null
  scale: number | null
  fraction: number | null
}

/** Of information_schema.columns; the names of its columns are upper case on some servers. */
export const catalogueColumns = `column_name AS name, lower(data_type) AS dataType, column_type AS columnType,
  is_nullable = 'YES' AS nullable, numeric_precision AS digits, numeric_scale AS scale, datetime_precision AS fraction`

export const fromCatalogue = ({ name, dataType, columnType, nullable, digits, scale, fraction }: CatalogueColumn): ReadColumn =>
  toReadColumn(
    { name, sourceType: columnType, nullable: nullable === 1 },
    { base: dataType, unsigned: columnType.includes('unsigned'), precision: digits ?? 0, scale: scale ?? fraction ?? 0 },
  )

/** `enum_field_types` of the protocol. */
const fieldTypes: Readonly<Record<number, string>> = {
  0: 'decimal',
  1: 'tinyint',
  2: 'smallint',
  3: 'int',
  4: 'float',
  5: 'double',
  7: 'timestamp',
  8: 'bigint',
  9: 'mediumint',
  10: 'date',
  11: 'time',
  12: 'datetime',
  13: 'year',
  16: 'bit',
  245: 'json',
  246: 'decimal',
  255: 'geometry',
}

const [unsignedFlag, enumFlag, setFlag, notNullFlag] = [32, 256, 2_048, 1]
/** The "character set" of bytes. */
const binary = 63

/** What a result says of its column; the driver's types leave some of it out. */
type Field = FieldPacket & { columnType?: number; characterSet?: number; columnLength?: number }

/** Of custom SQL, whose columns no catalogue has. */
export const fromField = (field: Field): ReadColumn => {
  const { name, columnType = 253, characterSet, columnLength = 0, decimals } = field
  const flags = Number(field.flags)
  const unsigned = (flags & unsignedFlag) !== 0
  const named = (flags & enumFlag) !== 0 ? 'enum' : (flags & setFlag) !== 0 ? 'set' : fieldTypes[columnType]
  const base = named ?? (characterSet === binary ? 'blob' : 'text')
  // The length of a decimal counts its point and its sign.
  const precision = base === 'decimal' ? columnLength - (decimals > 0 ? 1 : 0) - (unsigned ? 0 : 1) : columnLength
  const scale = base === 'decimal' ? decimals : Math.min(decimals, 6)
  const nullable = (flags & notNullFlag) === 0
  return toReadColumn({ name, sourceType: unsigned ? `${base} unsigned` : base, nullable }, { base, unsigned, precision, scale })
}
