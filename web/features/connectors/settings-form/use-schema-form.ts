'use client'
/** The state of a form that a JSON Schema describes. */

import { useMemo, useState } from 'react'
import { applicableFields, type Filled } from './applicable-fields.ts'
import { type Draft, type FormField, fieldsOf } from './form-fields.ts'
import { draftOf, problemsOf, valueOf } from './form-values.ts'

export type SchemaForm = {
  /** Those that apply to what is chosen. */
  fields: FormField[]
  draft: Draft
  errors: Record<string, string>
  set(path: string, value: string | boolean): void
  value(): Record<string, unknown>
  /** Shows what is missing or wrong; true when nothing is. */
  check(): boolean
  /** Shows what the API found wrong, by paths below `prefix`. */
  refuse(errors: Record<string, string>, prefix: string): void
}

/** @param beside the form whose choices decide what this one asks for, as the authentication does over its credentials */
export const useSchemaForm = (schema: unknown, stored: unknown, beside: Filled | null = null): SchemaForm => {
  const all = useMemo(() => fieldsOf(schema), [schema])
  const [draft, setDraft] = useState(() => draftOf(all, stored))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const fields = applicableFields({ fields: all, draft }, beside)
  return {
    fields,
    draft,
    errors,
    set: (path, value) => {
      setDraft((before) => ({ ...before, [path]: value }))
      setErrors((before) => Object.fromEntries(Object.entries(before).filter(([other]) => other !== path)))
    },
    value: () => valueOf(fields, draft),
    check: () => {
      const problems = problemsOf(fields, draft)
      setErrors(problems)
      return Object.keys(problems).length === 0
    },
    refuse: (found, prefix) => setErrors(errorsBelow(found, prefix, fields)),
  }
}

/** A message about a group, or about a line of a list, stands at the field that shows it. */
const errorsBelow = (found: Record<string, string>, prefix: string, fields: readonly FormField[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(found).flatMap(([path, message]) => {
      if (path !== prefix && !path.startsWith(`${prefix}.`)) return []
      const own = path.slice(prefix.length + 1)
      const field =
        fields.find((candidate) => own === candidate.path || own.startsWith(`${candidate.path}.`)) ??
        fields.find((candidate) => candidate.path.startsWith(own === '' ? '' : `${own}.`)) ??
        fields[0]
      return [[field?.path ?? own, message]]
    }),
  )
