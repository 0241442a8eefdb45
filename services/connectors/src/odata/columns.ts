/** Properties of entities as columns: the Postgres type that holds every value of theirs, and how their values are read. */

import type { SourceColumn } from '@aiia/core/sync/source'
import { isEncodable } from '@aiia/pg-copy/text-encoders'
import type { EntitySet, ODataVersion, Property } from './metadata.ts'
import { base64ToBytes, cutToMicroseconds, durationToTime, type Rewriting, ticksToInstant, ticksToTimestamp } from './rewriting.ts'

export type ReadProperty = SourceColumn & {
  /** As `Property.type`. */
  edmType: string
  /** null: values are taken as they are printed. */
  rewrite: Rewriting | null
  /** The service may have more digits of a second than its answers or Postgres keep. */
  isCut: boolean
}

type Reading = { type: string; rewrite?: Rewriting }

const plain: Readonly<Record<string, string>> = {
  'Edm.String': 'text',
  ENUM: 'text',
  'Edm.Boolean': 'boolean',
  'Edm.Byte': 'smallint',
  'Edm.SByte': 'smallint',
  'Edm.Int16': 'smallint',
  'Edm.Int32': 'integer',
  'Edm.Int64': 'bigint',
  'Edm.Single': 'real',
  'Edm.Double': 'double precision',
  'Edm.Guid': 'uuid',
  'Edm.Date': 'date',
  'Edm.Duration': 'interval',
}

const readingOf = ({ type, precision, scale, isDate }: Property, version: ODataVersion): Reading => {
  const known = plain[type]
  if (known !== undefined) return { type: known }
  switch (type) {
    case 'Edm.Decimal':
      return { type: decimalOf(precision, scale) }
    case 'Edm.Binary':
      return { type: 'bytea', rewrite: base64ToBytes }
    case 'Edm.TimeOfDay':
      return { type: `time${digits(precision)} without time zone`, rewrite: cutToMicroseconds }
    case 'Edm.Time':
      return { type: `time${digits(precision)} without time zone`, rewrite: durationToTime }
    case 'Edm.DateTime':
      // A time in what SAP marks as a date is refused there: cutting it off would lose it.
      return { type: isDate ? 'date' : `timestamp${digits(precision)} without time zone`, rewrite: ticksToTimestamp }
    case 'Edm.DateTimeOffset':
      return { type: `timestamp${digits(precision)} with time zone`, rewrite: version === 'v2' ? ticksToInstant : cutToMicroseconds }
    default:
      // Compounds, and places on earth: they stand in the answer as JSON.
      return { type: 'jsonb' }
  }
}

/** Some services tell a precision of 0, or more digits than Postgres can be told of: without them, it keeps them all. */
const decimalOf = (precision: number | null, scale: number | null): string => {
  const exact = `numeric(${precision},${scale})`
  return precision !== null && scale !== null && isEncodable(exact) ? exact : 'numeric'
}

/** Postgres has six digits of a second at most; where nothing is told, it keeps them all. */
const digits = (precision: number | null): string => (precision === null ? '' : `(${Math.min(precision, 6)})`)

/** `/Date()/` has milliseconds, Postgres microseconds. */
const isCutShort = ({ type, precision, isDate }: Property, version: ODataVersion): boolean =>
  !isDate && type.startsWith('Edm.DateTime') && (precision === null || precision > (version === 'v2' ? 3 : 6))

/** `Edm.Decimal(15,2)`. */
const printType = ({ declaredType, precision, scale, maxLength }: Property): string => {
  const facets = [maxLength, precision, precision === null ? null : scale].filter((facet) => facet !== null)
  return facets.length === 0 ? declaredType : `${declaredType}(${facets.join(',')})`
}

/** Streams are files that an entity stands for; they have addresses of their own. */
const isValue = ({ type, name }: Property): boolean => type !== 'Edm.Stream' && name !== ''

export const columnsOf = ({ properties, key }: EntitySet, version: ODataVersion): ReadProperty[] =>
  properties.filter(isValue).map((property) => {
    const { type, rewrite = null } = readingOf(property, version)
    const { name, type: edmType } = property
    const nullable = property.nullable && !key.includes(name)
    return { name, sourceType: printType(property), type, nullable, edmType, rewrite, isCut: isCutShort(property, version) }
  })
