/** A form's fields, read from the JSON Schema by which a connector kind describes its settings or credentials. */

type Common = {
  /** Place in the value: `host`, or `ssh.host` inside a group. */
  path: string
  label: string
  description: string | undefined
  required: boolean
  placeholder: string | undefined
}

export type FormField =
  | (Common & { control: 'text' | 'multiline' | 'secret'; initial: string })
  | (Common & { control: 'number'; initial: string; minimum: number | undefined; maximum: number | undefined })
  | (Common & { control: 'switch'; initial: boolean })
  | (Common & { control: 'choice'; initial: string; options: { value: string; label: string }[] })

export type Draft = Record<string, string | boolean>

type Schema = Record<string, unknown>

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
/** As a text field shows it; what has no such form is not shown. */
const printed = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** `verify-full` → "Verify full", `connectTimeout` → "Connect timeout" */
const inWords = (name: string): string => {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** An optional value may be written as "this or null": the form only needs the this. */
const withoutNull = (schema: Schema): Schema => {
  const alternatives = schema['anyOf'] ?? schema['oneOf']
  if (!Array.isArray(alternatives)) return schema
  const real = alternatives.filter(isSchema).filter(({ type }) => type !== 'null')
  return real.length === 1 ? { ...real[0], ...schema } : schema
}

const choicesOf = (schema: Schema): string[] | undefined => {
  if (Array.isArray(schema['enum'])) return schema['enum'].map(String)
  const alternatives = schema['anyOf'] ?? schema['oneOf']
  if (!Array.isArray(alternatives)) return undefined
  const constants = alternatives.filter(isSchema).map((option) => option['const'])
  return constants.every((constant) => typeof constant === 'string') ? constants : undefined
}

/** PEM blocks and the like. */
const isMultiline = (schema: Schema): boolean =>
  schema['contentMediaType'] !== undefined || (number(schema['maxLength']) ?? 0) > 1000 || /\bPEM\b/.test(text(schema['description']) ?? '')

const fieldOf = (path: string, name: string, schema: Schema, required: boolean): FormField => {
  const examples = Array.isArray(schema['examples']) ? schema['examples'] : []
  const common = {
    path,
    label: text(schema['title']) ?? inWords(name),
    description: text(schema['description']),
    required: required && schema['default'] === undefined,
    placeholder: printed(examples[0]) || undefined,
  }
  const initial = printed(schema['default'])
  const choices = choicesOf(schema)
  if (choices)
    return {
      ...common,
      control: 'choice',
      initial: initial || (choices[0] ?? ''),
      options: choices.map((value) => ({ value, label: value })),
    }
  if (schema['type'] === 'boolean') return { ...common, control: 'switch', initial: schema['default'] === true }
  if (schema['type'] === 'integer' || schema['type'] === 'number') {
    return { ...common, control: 'number', initial, minimum: number(schema['minimum']), maximum: number(schema['maximum']) }
  }
  if (schema['format'] === 'password' || schema['writeOnly'] === true) return { ...common, control: 'secret', initial: '' }
  return { ...common, control: isMultiline(schema) ? 'multiline' : 'text', initial }
}

/** In the order in which the schema names them; groups within groups are laid flat. */
export const fieldsOf = (schema: unknown, prefix = ''): FormField[] => {
  if (!isSchema(schema) || !isSchema(schema['properties'])) return []
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries(schema['properties']).flatMap(([name, raw]) => {
    if (!isSchema(raw)) return []
    const property = withoutNull(raw)
    const path = `${prefix}${name}`
    return isSchema(property['properties']) ? fieldsOf(property, `${path}.`) : [fieldOf(path, name, property, required.includes(name))]
  })
}

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (isSchema(inner) ? inner[key] : undefined), value)

/** What the form shows at first: what is stored, else the defaults. */
export const draftOf = (fields: readonly FormField[], stored: unknown): Draft =>
  Object.fromEntries(
    fields.map(({ path, control, initial }) => {
      const value = valueAt(stored, path)
      if (control === 'switch') return [path, typeof value === 'boolean' ? value : initial]
      return [path, printed(value) || initial]
    }),
  )

/** The value that the fields hold; what was left empty and may be is left out. */
export const valueOf = (fields: readonly FormField[], draft: Draft): Record<string, unknown> => {
  const value: Record<string, unknown> = {}
  for (const { path, control } of fields) {
    const entered = draft[path]
    if (entered === undefined || entered === '') continue
    const keys = path.split('.')
    const last = keys.pop() ?? path
    const target = keys.reduce<Record<string, unknown>>((inner, key) => {
      const next = isSchema(inner[key]) ? inner[key] : {}
      inner[key] = next
      return next
    }, value)
    target[last] = control === 'number' ? Number(entered) : entered
  }
  return value
}

/** What is missing or out of range, by path, before anything is sent. */
export const problemsOf = (fields: readonly FormField[], draft: Draft): Record<string, string> => {
  const problems: Record<string, string> = {}
  for (const field of fields) {
    const entered = draft[field.path]
    if (entered === undefined || entered === '') {
      if (field.required) problems[field.path] = `${field.label} is required.`
    } else if (field.control === 'number') {
      const value = Number(entered)
      const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = field
      if (!Number.isInteger(value)) problems[field.path] = `${field.label} is a whole number.`
      else if (value < minimum || value > maximum) problems[field.path] = `${field.label} lies between ${minimum} and ${maximum}.`
    }
  }
  return problems
}
