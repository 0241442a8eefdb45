/** `$filter`: what people wrote themselves, and the values behind a cursor as literals of the service's version. */

import { SyncError } from '@aiia/core/failures/failure'
import type { Since } from '@aiia/core/sync/source'
import type { ReadProperty } from './columns.ts'
import type { ODataVersion } from './metadata.ts'

/** @returns null where all entities are wanted */
export const filterOf = (written: string | undefined, since: string | null): string | null => {
  if (written === undefined || since === null) return written ?? since
  return `(${written}) and ${since}`
}

/** Entities without a value always count as new. */
export const sinceFilter = (property: ReadProperty, { value, inclusive }: Since, version: ODataVersion): string => {
  const { name, nullable, isCut } = property
  // Behind a value without all its digits comes the value itself: what is no newer is left out when it has come.
  const condition = `${name} ${inclusive || isCut ? 'ge' : 'gt'} ${literalOf(property, value, version)}`
  return nullable && inclusive ? `(${condition} or ${name} eq null)` : condition
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

const suffixes: Readonly<Record<string, string>> = { 'Edm.Int64': 'L', 'Edm.Decimal': 'M', 'Edm.Double': 'd', 'Edm.Single': 'f' }

const literalOf = (property: ReadProperty, value: string, version: ODataVersion): string => {
  const isV2 = version === 'v2'
  switch (property.edmType) {
    case 'Edm.String':
    case 'ENUM':
      return quoted(value)
    case 'Edm.Date':
      return momentOf(property, value).date
    case 'Edm.DateTime': {
      const { date, clock } = momentOf(property, value)
      return `datetime'${date}T${clock}'`
    }
    case 'Edm.DateTimeOffset': {
      const { date, clock } = momentOf(property, value)
      return isV2 ? `datetimeoffset'${date}T${clock}Z'` : `${date}T${clock}Z`
    }
    default:
      return isV2 ? `${value}${suffixes[property.edmType] ?? ''}` : value
  }
}

/** In UTC. */
const moment = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d(?:\.\d{1,7})?))?(?:Z|[+-]00(?::?00)?)?$/

const momentOf = ({ name, edmType }: ReadProperty, value: string): { date: string; clock: string } => {
  const [, date, clock = '00:00:00'] = moment.exec(value) ?? []
  if (date === undefined)
    throw new SyncError(
      'INVALID_QUERY',
      `The cursor "${name}" got to "${value}", which cannot be written as a value of ${edmType}. Have the stream read everything once.`,
    )
  return { date, clock }
}
