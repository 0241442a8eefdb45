/** A form's fields, read from the JSON Schema by which a connector kind describes its settings, credentials or streams. */

import * as t from '@/texts/settings-form-fields.ts'
import {
  alternativesOf,
  choicesOf,
  constantAt,
  discriminatorOf,
  isSchema,
  labelOf,
  number,
  printed,
  type Schema,
  text,
  withoutNull,
} from './json-schema.ts'
import type { LineForm } from './lines.ts'

/** Some other field's choice, and which of its values it takes. */
export type Condition = { path: string; values: string[] }

export type Group = {
  path: string
  label: string
  description: string | undefined
  /** Nothing of it need be entered, and then nothing of it is sent. */
  optional: boolean
}

type Common = {
  /** Place in the value: `host`, or `ssh.host` inside a group. */
  path: string
  label: string
  description: string | undefined
  required: boolean
  placeholder: string | undefined
  group: Group | null
  /** null: whatever is chosen elsewhere. */
  when: Condition | null
}

export type FormField =
  | (Common & { control: 'text'; initial: string; isAddress: boolean })
  | (Common & { control: 'secret'; initial: string })
  | (Common & { control: 'multiline'; initial: string /** Certificates and keys come as files. */; fromFile: boolean })
  | (Common & { control: 'lines'; initial: string; form: LineForm })
  | (Common & { control: 'number'; initial: string; whole: boolean; minimum: number | undefined; maximum: number | undefined })
  | (Common & { control: 'switch'; initial: boolean })
  | (Common & { control: 'choice'; initial: string; options: { value: string; label: string }[]; isBoolean: boolean })

export type Draft = Record<string, string | boolean>

/** What stands for a choice that is not made. */
const leftOut = { value: '', label: t.leftOut }

type Place = { path: string; name: string; required: boolean; group: Group | null; when: Condition | null }

/** In the order in which the schema names them; groups within groups are laid flat. */
export const fieldsOf = (schema: unknown): FormField[] => (isSchema(schema) ? merged(fieldsWithin(schema, '', null, null)) : [])

const fieldsWithin = (schema: Schema, prefix: string, group: Group | null, when: Condition | null, without?: string): FormField[] => {
  if (!isSchema(schema['properties'])) return []
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries(schema['properties']).flatMap(([name, raw]) =>
    isSchema(raw) && name !== without
      ? fieldsAt(withoutNull(raw), { path: `${prefix}${name}`, name, required: required.includes(name), group, when })
      : [],
  )
}

const fieldsAt = (schema: Schema, place: Place): FormField[] => {
  const { path, name, required, group: outer, when } = place
  const group: Group = {
    path,
    label: labelOf(name, schema),
    description: text(schema['description']),
    optional: outer?.optional === true || (!required && schema['default'] === undefined),
  }
  const alternatives = alternativesOf(schema)
  const discriminator = discriminatorOf(alternatives)
  if (discriminator !== undefined) return unionFields(schema, alternatives, discriminator, { ...place, group })
  return isSchema(schema['properties']) ? fieldsWithin(schema, `${path}.`, group, when) : [fieldOf(schema, place)]
}

/** A choice of the alternative, and the fields of each while it is chosen. */
const unionFields = (
  schema: Schema,
  alternatives: readonly Schema[],
  discriminator: string,
  place: Place & { group: Group },
): FormField[] => {
  const { path, group, when } = place
  const values = alternatives.flatMap((alternative) => constantAt(alternative, discriminator) ?? [])
  const preset = isSchema(schema['default']) ? text(schema['default'][discriminator]) : undefined
  const choice: FormField = {
    path: `${path}.${discriminator}`,
    label: group.label,
    description: group.description,
    required: false,
    placeholder: undefined,
    group,
    when,
    control: 'choice',
    initial: preset ?? (group.optional ? '' : (values[0] ?? '')),
    options: [...(group.optional ? [leftOut] : []), ...values.map((value) => ({ value, label: value }))],
    isBoolean: false,
  }
  const fields = alternatives.flatMap((alternative, index) =>
    fieldsWithin(alternative, `${path}.`, group, { path: choice.path, values: [values[index] ?? ''] }, discriminator),
  )
  return [choice, ...fields]
}

/** Alternatives may share a field: it is there once, for all of them. */
const merged = (fields: readonly FormField[]): FormField[] => {
  const byPath = new Map<string, FormField>()
  for (const field of fields) {
    const same = byPath.get(field.path)
    if (same?.when && field.when) same.when = { ...same.when, values: [...same.when.values, ...field.when.values] }
    else if (same === undefined) byPath.set(field.path, field)
  }
  return [...byPath.values()]
}

const mentionsPem = (description: string | undefined): boolean => /\bPEM\b/.test(description ?? '')

const fieldOf = (schema: Schema, { path, name, required, group, when }: Place): FormField => {
  const examples = Array.isArray(schema['examples']) ? schema['examples'] : []
  const description = text(schema['description'])
  const optional = !required && schema['default'] === undefined
  const common = {
    path,
    label: labelOf(name, schema),
    description,
    required: required && schema['default'] === undefined,
    placeholder: printed(examples[0]) || undefined,
    group,
    when,
  }
  const initial = printed(schema['default'])
  const choices = choicesOf(schema)
  if (choices) {
    const options = [...(optional ? [leftOut] : []), ...choices.map((value) => ({ value, label: value }))]
    return { ...common, control: 'choice', initial: initial || (options[0]?.value ?? ''), options, isBoolean: false }
  }
  if (schema['type'] === 'boolean' && optional) {
    const options = [leftOut, { value: 'true', label: t.yes }, { value: 'false', label: t.no }]
    return { ...common, control: 'choice', initial: '', options, isBoolean: true }
  }
  if (schema['type'] === 'boolean') return { ...common, control: 'switch', initial: schema['default'] === true }
  if (schema['type'] === 'integer' || schema['type'] === 'number') {
    const bounds = { minimum: number(schema['minimum']), maximum: number(schema['maximum']) }
    return { ...common, control: 'number', initial, whole: schema['type'] === 'integer', ...bounds }
  }
  const form = lineFormOf(schema)
  if (form !== undefined) return { ...common, control: 'lines', initial: '', form }
  if (schema['format'] === 'password' || schema['writeOnly'] === true) {
    return mentionsPem(description)
      ? { ...common, control: 'multiline', initial: '', fromFile: true }
      : { ...common, control: 'secret', initial: '' }
  }
  const fromFile = mentionsPem(description) || schema['contentMediaType'] !== undefined
  if (fromFile || (number(schema['maxLength']) ?? 0) > 1000) return { ...common, control: 'multiline', initial, fromFile }
  return { ...common, control: 'text', initial, isAddress: schema['format'] === 'uri' }
}

const lineFormOf = (schema: Schema): LineForm | undefined => {
  if (schema['type'] === 'object' && schema['additionalProperties'] !== undefined) return 'record'
  if (schema['type'] !== 'array' || !isSchema(schema['items'])) return undefined
  const { properties } = schema['items']
  const [first, second] = isSchema(properties) ? Object.keys(properties) : []
  return first !== undefined && second !== undefined ? { pair: [first, second] } : 'list'
}
