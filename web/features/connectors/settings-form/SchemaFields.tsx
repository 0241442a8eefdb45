'use client'
/** The form of a JSON Schema: each property with the control that suits it. */

import { Field } from '@/ui/Field.tsx'
import { Input, TextArea } from '@/ui/Input.tsx'
import { Select } from '@/ui/Select.tsx'
import { Switch } from '@/ui/Switch.tsx'
import type { Draft, FormField } from './form-fields.ts'

type Props = {
  fields: readonly FormField[]
  draft: Draft
  onChange: (path: string, value: string | boolean) => void
  /** By path. */
  errors: Record<string, string>
}

const Control = ({
  field,
  value,
  onChange,
}: {
  field: FormField
  value: string | boolean
  onChange: (value: string | boolean) => void
}) => {
  const entered = String(value)
  const placeholder = field.placeholder ?? ''
  switch (field.control) {
    case 'choice':
      return <Select options={field.options} value={entered} onChange={onChange} />
    case 'switch':
      return (
        <Switch checked={value === true} onChange={onChange}>
          {field.label}
        </Switch>
      )
    case 'multiline':
      return <TextArea mono value={entered} placeholder={placeholder} onChange={(event) => onChange(event.target.value)} />
    case 'number':
      return (
        <Input inputMode="numeric" value={entered} placeholder={placeholder} onChange={(event) => onChange(event.target.value.trim())} />
      )
    case 'secret':
      return <Input type="password" autoComplete="new-password" value={entered} onChange={(event) => onChange(event.target.value)} />
    case 'text':
      return <Input value={entered} placeholder={placeholder} onChange={(event) => onChange(event.target.value)} />
  }
}

const widths = {
  text: 'sm:col-span-2',
  secret: 'sm:col-span-2',
  choice: 'sm:col-span-2',
  switch: 'sm:col-span-4',
  multiline: 'sm:col-span-4',
  number: '',
}

/** A short figure shares its line with the text before it, as a port does with its host. */
const widthOf = (fields: readonly FormField[], index: number): string =>
  fields[index]?.control === 'text' && fields[index + 1]?.control === 'number' ? 'sm:col-span-3' : widths[fields[index]?.control ?? 'text']

export const SchemaFields = ({ fields, draft, onChange, errors }: Props) => (
  <div className="grid grid-cols-1 gap-x-4 gap-y-4 sm:grid-cols-4">
    {fields.map((field, index) => (
      <Field
        key={field.path}
        label={field.label}
        description={field.description}
        error={errors[field.path]}
        optional={!field.required && field.initial === '' && field.control !== 'secret'}
        className={widthOf(fields, index)}
      >
        <Control field={field} value={draft[field.path] ?? ''} onChange={(value) => onChange(field.path, value)} />
      </Field>
    ))}
  </div>
)
