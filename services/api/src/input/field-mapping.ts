/** How the columns of a stream are carried over, as clients give it: names, types and transforms. */

import { checkDateFormat } from '@aiia/core/sync/date-format'
import { canonicalType } from '@aiia/core/sync/field-types'
import type { FieldMapping, Transform } from '@aiia/core/sync/mapping'
import { safeColumnNames } from '@aiia/core/sync/safe-names'
import { z } from 'zod'
import { range } from './ranges.ts'

export const columnName = z.string().min(1, 'A column name has at least one character.')

const kinds = 'TRIM, UPPER, LOWER, NULL_VALUES, DATE_FORMAT, DECIMAL_COMMA, CONSTANT, SHA256 or MASK'

const dateFormat = z.string().superRefine((format, context) => {
  const message = checkDateFormat(format)
  if (message !== null) context.addIssue({ code: 'custom', message })
})

const transform = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('TRIM') }),
    z.strictObject({ kind: z.literal('UPPER') }),
    z.strictObject({ kind: z.literal('LOWER') }),
    z.strictObject({
      kind: z.literal('NULL_VALUES'),
      values: z.array(z.string()).min(1, 'Name at least one text that stands for no value.').max(1_000, 'At most 1,000 texts.'),
    }),
    z.strictObject({ kind: z.literal('DATE_FORMAT'), format: dateFormat }),
    z.strictObject({ kind: z.literal('DECIMAL_COMMA') }),
    z.strictObject({ kind: z.literal('CONSTANT'), value: z.string() }),
    z.strictObject({ kind: z.literal('SHA256') }),
    z.strictObject({ kind: z.literal('MASK'), keep: range(0, 1_000, 'characters that stay') }),
  ],
  { error: `A transform is an object such as {"kind":"TRIM"}; its kind is ${kinds}.` },
)

/** One, or several in the order in which they are done. */
const transforms = z.preprocess(
  (given) => (given == null ? [] : Array.isArray(given) ? given : [given]),
  z.array(transform).max(20, 'A field has at most 20 transforms.'),
)

const type = z.string().transform((name, context): string => {
  const canonical = canonicalType(name)
  if (canonical !== null) return canonical
  const message = `"${name}" is no type that a column can have. Choose one such as text, bigint, numeric(15,2), boolean, date or timestamp with time zone.`
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})

const field = z
  .object({
    source: columnName.nullish(),
    destination: z.string().nullish(),
    type: type.nullish(),
    nullable: z.boolean().nullish(),
    default: z.string().nullish(),
    transform: transforms,
  })
  .transform(
    ({ source, destination, type: given, nullable, default: instead, transform: done }): FieldMapping => ({
      source: source ?? null,
      destination: destination ?? source ?? '',
      type: given ?? null,
      nullable: nullable ?? null,
      default: instead ?? null,
      transforms: done satisfies Transform[],
    }),
  )
  .superRefine((mapping, context) => {
    for (const [path, message] of problemsOf(mapping)) context.addIssue({ code: 'custom', path: [path], message })
  })

const problemsOf = ({ source, destination, type: given, transforms: done }: FieldMapping): [path: string, message: string][] => {
  const problems: [string, string][] = []
  if (source === null && !done.some(({ kind }) => kind === 'CONSTANT'))
    problems.push(['source', 'Name the column, or give the field a value by the transform {"kind":"CONSTANT","value":"…"}.'])
  const named = nameProblem(destination)
  if (named !== null) problems.push(['destination', named])
  if (given !== null && done.some(({ kind }) => kind === 'SHA256' || kind === 'MASK') && !/^(text|character)/.test(given))
    problems.push(['type', `SHA256 and MASK make texts, and ${given} takes none. Choose text.`])
  return problems
}

const nameProblem = (name: string): string | null => {
  if (name === '') return 'Name the destination column: there is no source column to name it after.'
  if (safeColumnNames([name])[0] === name) return null
  const bytes = Buffer.byteLength(name)
  return bytes > 63
    ? `A column name has at most 63 bytes, and "${name}" has ${bytes}. Give a shorter "destination".`
    : `"${name}" is a name that Postgres or the platform keeps for itself. Give another "destination".`
}

/** A table of Postgres has at most 1,600 columns, and the platform adds one. */
const mostFields = 1_599

export const fieldsSchema = z
  .array(field)
  .min(1, 'A mapping has at least one field. Leave "fields" out to carry over every column as it is.')
  .max(mostFields, 'A table has at most 1,599 columns.')
  .superRefine((fields, context) => {
    const seen = new Set<string>()
    for (const [index, { destination }] of fields.entries()) {
      const message = `Another field fills "${destination}" already. Give another "destination".`
      if (seen.has(destination)) context.addIssue({ code: 'custom', path: [index, 'destination'], message })
      seen.add(destination)
    }
  })
