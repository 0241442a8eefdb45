/** The mapping of a stream while it is edited: a field of the destination each, beside the columns of the source. */

import type { FieldMappingInput } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/stream-problems.ts'
import { type Transform, transformProblem, transformsOf } from './transforms.ts'

/** A column of the source, as far as it is known. */
export type Column = {
  name: string
  /** Of the destination, where nothing else is said. */
  type: string
  sourceType: string | null
  nullable: boolean | null
}

export type FieldDraft = {
  /** Tells it from other fields while the mapping is edited. */
  key: string
  /** null: a constant. */
  source: string | null
  destination: string
  /** Empty: as at the source. */
  type: string
  /** null: as at the source. */
  nullable: boolean | null
  /** null: none. */
  default: string | null
  transforms: Transform[]
}

export type StoredField = {
  source: string | null
  destination: string
  type: string | null
  nullable: boolean | null
  default: string | null
  transform: unknown
}

/** A line of the mapping table: a column, the field that it fills, or both. */
export type MappingRow = { key: string; column: Column | null; field: FieldDraft | null }

const nextKey = (fields: readonly FieldDraft[]): string =>
  `field-${fields.reduce((most, { key }) => Math.max(most, Number(key.slice(6))), -1) + 1}`

export const draftFields = (stored: readonly StoredField[]): FieldDraft[] =>
  stored.map(({ transform, type, ...field }, index) => ({
    ...field,
    key: `field-${index}`,
    type: type ?? '',
    transforms: transformsOf(transform),
  }))

const carriedAsIs = ({ name }: Column, key: string): FieldDraft => ({
  key,
  source: name,
  destination: name,
  type: '',
  nullable: null,
  default: null,
  transforms: [],
})

/** The mapping that says in so many words what happens without one. */
export const everyColumn = (columns: readonly Column[]): FieldDraft[] =>
  columns.map((column, index) => carriedAsIs(column, `field-${index}`))

/** Columns in the order of the source, each with its fields; then fields of columns that the source does not have, and constants. */
export const mappingRows = (fields: readonly FieldDraft[], columns: readonly Column[]): MappingRow[] => {
  const known = new Map(columns.map((column) => [column.name, column]))
  const rows = columns.flatMap((column): MappingRow[] => {
    const own = fields.filter(({ source }) => source === column.name)
    return own.length === 0
      ? [{ key: `column-${column.name}`, column, field: null }]
      : own.map((field) => ({ key: field.key, column, field }))
  })
  const others = fields.filter(({ source }) => source === null || !known.has(source))
  return [...rows, ...others.map((field) => ({ key: field.key, column: null, field }))]
}

/** In the place that the source has it in. */
export const includeColumn = (fields: readonly FieldDraft[], column: Column, columns: readonly Column[]): FieldDraft[] => {
  const place = (name: string | null) => columns.findIndex((other) => other.name === name)
  const behind = fields.findIndex(({ source }) => place(source) > place(column.name))
  const at = behind === -1 ? fields.filter(({ source }) => source !== null).length : behind
  return fields.toSpliced(at, 0, carriedAsIs(column, nextKey(fields)))
}

export const removeField = (fields: readonly FieldDraft[], key: string): FieldDraft[] => fields.filter((field) => field.key !== key)

export const changeField = (fields: readonly FieldDraft[], key: string, change: Partial<FieldDraft>): FieldDraft[] =>
  fields.map((field) => (field.key === key ? { ...field, ...change } : field))

export const addConstant = (fields: readonly FieldDraft[]): FieldDraft[] => [
  ...fields,
  {
    key: nextKey(fields),
    source: null,
    destination: '',
    type: 'text',
    nullable: null,
    default: null,
    transforms: [{ kind: 'CONSTANT', value: '' }],
  },
]

export const fieldInput = ({ source, destination, type, nullable, default: instead, transforms }: FieldDraft): FieldMappingInput => ({
  source,
  destination: destination.trim(),
  type: type.trim() === '' ? null : type.trim(),
  nullable,
  default: instead,
  transform: transforms,
})

/** By place in the mapping, as the API names them: `fields.2.destination`. */
export const mappingProblems = (fields: readonly FieldDraft[]): Record<string, string> => {
  const problems: Record<string, string> = {}
  const seen = new Set<string>()
  for (const [index, { destination, transforms }] of fields.entries()) {
    const name = destination.trim()
    if (name === '') problems[`fields.${index}.destination`] = t.destinationMissing
    else if (seen.has(name)) problems[`fields.${index}.destination`] = t.destinationTaken(name)
    seen.add(name)
    const wrong = transforms.map(transformProblem).find((problem) => problem !== null)
    if (wrong) problems[`fields.${index}.transform`] = wrong
  }
  return fields.length === 0 ? { fields: t.mappingEmpty } : problems
}

/** Types that a field can be given; those with digits or a length take them in brackets. */
export const destinationTypes = [
  'text',
  'character varying(255)',
  'smallint',
  'integer',
  'bigint',
  'numeric(15,2)',
  'real',
  'double precision',
  'boolean',
  'date',
  'time without time zone',
  'timestamp without time zone',
  'timestamp with time zone',
  'interval',
  'uuid',
  'json',
  'jsonb',
  'bytea',
] as const

/** Their order is that of the source as well, and sums of them are exact. */
export const isExactNumber = (type: string): boolean => /^(smallint|integer|bigint|numeric|decimal)\b/.test(type)

export const canBeCursor = (type: string): boolean => isExactNumber(type) || /^(date|timestamp)\b/.test(type)
