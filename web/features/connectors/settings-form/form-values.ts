/** What a form holds: from what is stored, to what is sent, and what is missing in between. */

import * as t from '@/texts/settings-form-fields.ts'
import type { Draft, FormField } from './form-fields.ts'
import { isSchema, printed } from './json-schema.ts'
import { lineProblem, parseLines, printLines } from './lines.ts'

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (isSchema(inner) ? inner[key] : undefined), value)

/** What the form shows at first: what is stored, else the defaults. */
export const draftOf = (fields: readonly FormField[], stored: unknown): Draft =>
  Object.fromEntries(
    fields.map((field) => {
      const value = valueAt(stored, field.path)
      if (field.control === 'switch') return [field.path, typeof value === 'boolean' ? value : field.initial]
      if (field.control === 'lines') return [field.path, printLines(field.form, value)]
      return [field.path, printed(value) || field.initial]
    }),
  )

const isEmpty = (entered: string | boolean | undefined): boolean => entered === undefined || entered === ''

/** Something was entered into the optional group that the field is in. */
const isInUse = (field: FormField, fields: readonly FormField[], draft: Draft): boolean => {
  const { group } = field
  if (group?.optional !== true) return true
  return fields.some((other) => other.group?.path === group.path && !isEmpty(draft[other.path]) && draft[other.path] !== other.initial)
}

const parsed = (field: FormField, entered: string | boolean): unknown => {
  switch (field.control) {
    case 'number':
      return Number(entered)
    case 'choice':
      return field.isBoolean ? entered === 'true' : entered
    case 'lines':
      return parseLines(field.form, String(entered))
    default:
      return entered
  }
}

/** The value that the fields hold; what was left empty and may be is left out. */
export const valueOf = (fields: readonly FormField[], draft: Draft): Record<string, unknown> => {
  const value: Record<string, unknown> = {}
  for (const field of fields) {
    const { path } = field
    const entered = draft[path]
    if (entered === undefined || entered === '' || !isInUse(field, fields, draft)) continue
    const keys = path.split('.')
    const last = keys.pop() ?? path
    const target = keys.reduce<Record<string, unknown>>((inner, key) => {
      const next = isSchema(inner[key]) ? inner[key] : {}
      inner[key] = next
      return next
    }, value)
    target[last] = parsed(field, entered)
  }
  return value
}

/** What is missing or out of range, by path, before anything is sent. */
export const problemsOf = (fields: readonly FormField[], draft: Draft): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const entered = draft[field.path]
      const problem = isEmpty(entered)
        ? field.required && isInUse(field, fields, draft)
          ? t.required(field.label)
          : null
        : problemOf(field, String(entered))
      return problem === null ? [] : [[field.path, problem]]
    }),
  )

const problemOf = (field: FormField, entered: string): string | null => {
  const { label } = field
  if (field.control === 'lines') return lineProblem(field.form, entered)
  if (field.control === 'text' && field.isAddress && !URL.canParse(entered)) return t.noAddress(label)
  if (field.control !== 'number') return null
  const value = Number(entered)
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = field
  if (field.whole && !Number.isInteger(value)) return t.noWholeNumber(label)
  if (!Number.isFinite(value)) return t.noNumber(label)
  return value < minimum || value > maximum ? t.outOfRange(label, minimum, maximum) : null
}
