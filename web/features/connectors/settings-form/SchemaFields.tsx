'use client'
/** The form of a JSON Schema: each property with the control that suits it. */

import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import * as t from '@/texts/settings-form.ts'
import { Field } from '@/ui/Field.tsx'
import { Input, TextArea } from '@/ui/Input.tsx'
import { Select } from '@/ui/Select.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { FileTextArea } from './FileTextArea.tsx'
import type { Draft, FormField } from './form-fields.ts'

type Props = {
  /** What the fields are part of: an address that asks for `limits.memoryMb` finds it by `limits`. */
  name?: string
  fields: readonly FormField[]
  draft: Draft
  onChange: (path: string, value: string | boolean) => void
  /** By path. */
  errors: Record<string, string>
}

type ControlProps = { field: Exclude<FormField, { control: 'switch' }>; value: string; onChange: (value: string) => void }

const Control = ({ field, value, onChange }: ControlProps) => {
  const placeholder = field.placeholder ?? ''
  switch (field.control) {
    case 'choice':
      return <Select options={field.options} value={value} onChange={onChange} />
    case 'multiline':
      return field.fromFile ? (
        <FileTextArea label={field.label} value={value} placeholder={placeholder} onChange={onChange} />
      ) : (
        <TextArea mono value={value} placeholder={placeholder} onChange={(event) => onChange(event.target.value)} />
      )
    case 'lines':
      return <TextArea mono rows={3} value={value} placeholder={placeholder} onChange={(event) => onChange(event.target.value)} />
    case 'number':
      return (
        <Input
          inputMode={field.whole ? 'numeric' : 'decimal'}
          value={value}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value.trim())}
        />
      )
    case 'secret':
      return <Input type="password" autoComplete="new-password" value={value} onChange={(event) => onChange(event.target.value)} />
    case 'text':
      return (
        <Input
          inputMode={field.isAddress ? 'url' : 'text'}
          value={value}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      )
  }
}

const widths = {
  text: 'sm:col-span-2',
  secret: 'sm:col-span-2',
  choice: 'sm:col-span-2',
  switch: 'sm:col-span-4',
  multiline: 'sm:col-span-4',
  lines: 'sm:col-span-4',
  number: '',
}

/** Addresses are long; a short figure shares its line with the text before it, as a port does with its host. */
const widthOf = (field: FormField, next: FormField | undefined): string => {
  if (field.control === 'text' && field.isAddress) return 'sm:col-span-4'
  return field.control === 'text' && next?.control === 'number' ? 'sm:col-span-3' : widths[field.control]
}

/** How a list is written, behind what it is for. */
const descriptionOf = (field: FormField): string | undefined => {
  if (field.control !== 'lines') return field.description
  const form = field.form === 'record' ? t.namedValuePerLine : field.form === 'list' ? t.entryPerLine : t.pairPerLine(...field.form.pair)
  return field.description === undefined ? form : `${field.description} ${form}`
}

const isMarkedOptional = ({ required, initial, control, when }: FormField): boolean =>
  !required && initial === '' && control !== 'secret' && control !== 'choice' && when === null

const FieldGrid = ({ name, fields, draft, onChange, errors }: Props) => (
  <div className="grid grid-cols-1 gap-x-4 gap-y-4 sm:grid-cols-4">
    {fields.map((field, index) =>
      field.control === 'switch' ? (
        <div key={field.path} className={widths.switch}>
          <Switch checked={draft[field.path] === true} onChange={(on) => onChange(field.path, on)}>
            <span className="font-medium">{field.label}</span>
          </Switch>
          {errors[field.path] && <p className="mt-1.5 text-xs text-failed">{errors[field.path]}</p>}
          {field.description && <p className="mt-1.5 text-xs text-ink-faint">{field.description}</p>}
        </div>
      ) : (
        <Field
          key={field.path}
          {...(name !== undefined && { name: `${name}.${field.path}` })}
          label={field.label}
          description={descriptionOf(field)}
          error={errors[field.path]}
          optional={isMarkedOptional(field)}
          className={widthOf(field, fields[index + 1])}
        >
          <Control field={field} value={String(draft[field.path] ?? '')} onChange={(value) => onChange(field.path, value)} />
        </Field>
      ),
    )}
  </div>
)

/** An optional group of some size waits folded, unless something is in it. */
const OptionalGroup = ({ fields, ...rest }: Props) => {
  const [open, setOpen] = useState(() => fields.some(({ path, initial }) => (rest.draft[path] ?? initial) !== initial))
  const group = fields[0]?.group
  const wrong = fields.some(({ path }) => rest.errors[path] !== undefined)
  return (
    <details open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)} className="group rounded-lg border">
      <summary className="flex list-none items-center gap-1.5 rounded-lg px-3 py-2 text-sm font-medium text-ink-soft hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
        {group?.label}
        <span className="text-xs font-normal text-ink-faint">{t.optional}</span>
      </summary>
      <div className="flex flex-col gap-3 border-t p-3">
        {group?.description && <p className="text-xs text-ink-faint">{group.description}</p>}
        <FieldGrid fields={fields} {...rest} />
      </div>
    </details>
  )
}

const foldedFrom = 2

/** Neighbours of one optional group of some size belong together; all others share a grid. */
const sectionsOf = (fields: readonly FormField[]): { folded: boolean; fields: FormField[] }[] => {
  const sections: { group: string | null; fields: FormField[] }[] = []
  for (const field of fields) {
    const size = fields.filter(({ group }) => group?.path === field.group?.path).length
    const group = field.group?.optional === true && size >= foldedFrom ? field.group.path : null
    const last = sections.at(-1)
    if (last !== undefined && last.group === group) last.fields.push(field)
    else sections.push({ group, fields: [field] })
  }
  return sections.map((section) => ({ folded: section.group !== null, fields: section.fields }))
}

export const SchemaFields = ({ fields, ...rest }: Props) => (
  <div className="flex flex-col gap-4">
    {sectionsOf(fields).map((section) =>
      section.folded ? (
        <OptionalGroup key={section.fields[0]?.path} fields={section.fields} {...rest} />
      ) : (
        <FieldGrid key={section.fields[0]?.path} fields={section.fields} {...rest} />
      ),
    )}
  </div>
)
