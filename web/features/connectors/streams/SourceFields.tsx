'use client'
/** What a stream reads, in the words of its kind: a query, or a form made of the kind's schema. */

import { useMemo, useState } from 'react'
import * as problemTexts from '@/texts/stream-problems.ts'
import * as t from '@/texts/streams.ts'
import { Field } from '@/ui/Field.tsx'
import { TextArea } from '@/ui/Input.tsx'
import { applicableFields } from '../settings-form/applicable-fields.ts'
import { type Draft, fieldsOf } from '../settings-form/form-fields.ts'
import { draftOf, problemsOf, valueOf } from '../settings-form/form-values.ts'
import { alternativesOf, isSchema } from '../settings-form/json-schema.ts'
import { SchemaFields } from '../settings-form/SchemaFields.tsx'
import { isSql } from './stream-words.ts'

/** Of a kind whose streams may be a query as well, the alternative that is none. */
export const sourceSchemaOf = (schema: unknown): unknown => {
  if (!isSchema(schema)) return undefined
  const others = alternativesOf(schema).filter(({ properties }) => !(isSchema(properties) && 'sql' in properties))
  return others[0] ?? schema
}

export const sourceProblems = (schema: unknown, source: unknown): Record<string, string> => {
  if (isSql(source)) return source.sql.trim() === '' ? { sql: problemTexts.sqlMissing } : {}
  const fields = fieldsOf(sourceSchemaOf(schema))
  const draft = draftOf(fields, source)
  return problemsOf(applicableFields({ fields, draft }, null), draft)
}

type Props = {
  /** The kind's. */
  schema: unknown
  source: unknown
  onChange: (source: unknown) => void
  /** By path within the source. */
  errors: Record<string, string>
}

export const SourceFields = ({ schema, source, onChange, errors }: Props) =>
  isSql(source) ? (
    <Field label={t.sql} description={t.sqlHint} error={errors['sql'] ?? errors['']}>
      <TextArea
        mono
        rows={6}
        value={source.sql}
        onChange={(event) => onChange({ sql: event.target.value })}
        placeholder="select belnr, budat, wrbtr from public.bseg where augdt is null"
      />
    </Field>
  ) : (
    <FormFields schema={schema} source={source} onChange={onChange} errors={errors} />
  )

const FormFields = ({ schema, source, onChange, errors }: Props) => {
  const all = useMemo(() => fieldsOf(sourceSchemaOf(schema)), [schema])
  const [draft, setDraft] = useState<Draft>(() => draftOf(all, source))
  const change = (path: string, value: string | boolean) => {
    const next = { ...draft, [path]: value }
    setDraft(next)
    onChange(valueOf(applicableFields({ fields: all, draft: next }, null), next))
  }
  const fields = applicableFields({ fields: all, draft }, null)
  const first = fields[0]?.path
  return (
    <SchemaFields
      fields={fields}
      draft={draft}
      errors={errors[''] !== undefined && first !== undefined ? { [first]: errors[''], ...errors } : errors}
      onChange={change}
    />
  )
}
