'use client'
/** The state of a form that a JSON Schema describes. */

import { useMemo, useState } from 'react'
import { type Draft, draftOf, fieldsOf, problemsOf, valueOf } from './form-fields.ts'

export type SchemaForm = {
  fields: ReturnType<typeof fieldsOf>
  draft: Draft
  errors: Record<string, string>
  set(path: string, value: string | boolean): void
  value(): Record<string, unknown>
  /** Shows what is missing or wrong; true when nothing is. */
  check(): boolean
  /** Shows what the API found wrong, by paths below `prefix`. */
  refuse(errors: Record<string, string>, prefix: string): void
}

export const useSchemaForm = (schema: unknown, stored: unknown): SchemaForm => {
  const fields = useMemo(() => fieldsOf(schema), [schema])
  const [draft, setDraft] = useState(() => draftOf(fields, stored))
  const [errors, setErrors] = useState<Record<string, string>>({})
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
    refuse: (found, prefix) => {
      const own = Object.entries(found).flatMap(([path, message]) => {
        if (path === prefix) return [[fields[0]?.path ?? path, message]]
        return path.startsWith(`${prefix}.`) ? [[path.slice(prefix.length + 1), message]] : []
      })
      setErrors(Object.fromEntries(own))
    },
  }
}
