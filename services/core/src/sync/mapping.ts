/** How the columns of a stream are carried over: names, types, and what is done to the values on the way. */

import { SyncError } from '../failures/failure.ts'
import { safeColumnNames } from './safe-names.ts'
import type { SourceColumn } from './source.ts'

/**
 * What is done to a value, as text, before it becomes one of the destination's type. They are applied in their order.
 *
 * - TRIM: spaces at both ends go. UPPER, LOWER: letters change their case.
 * - NULL_VALUES: texts that stand for no value, such as `N/A`.
 * - DATE_FORMAT: reads a date or a time that is written otherwise than `2026-11-24 10:35:00`, such as `DD.MM.YYYY`.
 * - DECIMAL_COMMA: reads `1.234,56` as 1234.56.
 * - CONSTANT: the value, whatever the source has.
 * - SHA256: the salted hash in hex; the salt is the platform's. MASK: stars for all but the last characters.
 */
export type Transform =
  | { kind: 'TRIM' }
  | { kind: 'UPPER' }
  | { kind: 'LOWER' }
  | { kind: 'NULL_VALUES'; values: string[] }
  | { kind: 'DATE_FORMAT'; format: string }
  | { kind: 'DECIMAL_COMMA' }
  | { kind: 'CONSTANT'; value: string }
  | { kind: 'SHA256' }
  | { kind: 'MASK'; keep: number }

/** One column of the destination, as people map it. */
export type FieldMapping = {
  /** Column of the source; null only beside a CONSTANT. */
  source: string | null
  destination: string
  /** Postgres type; null: what the source proposes. */
  type: string | null
  /** false: a row without a value is rejected; null: as at the source. */
  nullable: boolean | null
  /** Taken where the source has no value. */
  default: string | null
  transforms: Transform[]
}

/** One column of the destination, resolved against what the source has. */
export type MappedField = {
  name: string
  type: string
  nullable: boolean
  /** null: a constant. */
  source: SourceColumn | null
  default: string | null
  transforms: readonly Transform[]
}

/** Values arrive as the source has them, so that their bytes may pass unread. */
export const isCarriedAsIs = ({ type, nullable, source, default: instead, transforms }: MappedField): boolean =>
  source !== null && transforms.length === 0 && instead === null && type === source.type && (nullable || !source.nullable)

/** Nobody may see its values, not in rejected rows either. */
export const isConcealed = ({ transforms }: MappedField): boolean => transforms.some(({ kind }) => kind === 'SHA256' || kind === 'MASK')

/**
 * @param fields null: every column of the source, as it is
 * @throws SyncError COLUMN_MISSING that names every column that the mapping expects and the source does not have
 */
export const resolveMapping = (columns: readonly SourceColumn[], fields: readonly FieldMapping[] | null, stream: string): MappedField[] => {
  if (fields === null) {
    const names = safeColumnNames(columns.map(({ name }) => name))
    return columns.map((column, at) => carriedAsIs(column, names[at] ?? column.name))
  }
  const byName = new Map(columns.map((column) => [column.name, column]))
  const missing = fields.flatMap(({ source }) => (source === null || byName.has(source) ? [] : [source]))
  if (missing.length > 0) {
    const names = [...new Set(missing)].map((name) => `"${name}"`).join(', ')
    throw new SyncError(
      'COLUMN_MISSING',
      `Column mismatch in stream "${stream}": the mapping reads ${names}, which the source does not have. It has ${columns.map(({ name }) => `"${name}"`).join(', ')}.`,
      { place: { step: 'DISCOVER', stream } },
    )
  }
  return fields.map(({ source: from, destination, type, nullable, default: instead, transforms }) => {
    const source = from === null ? null : (byName.get(from) ?? null)
    return {
      name: destination,
      type: type ?? source?.type ?? 'text',
      nullable: nullable ?? source?.nullable ?? false,
      source,
      default: instead,
      transforms,
    }
  })
}

const carriedAsIs = (source: SourceColumn, name: string): MappedField => ({
  name,
  type: source.type,
  nullable: source.nullable,
  source,
  default: null,
  transforms: [],
})
