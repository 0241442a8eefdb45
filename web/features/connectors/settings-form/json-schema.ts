/** What a form needs to know of a JSON Schema, however it is written. */

export type Schema = Record<string, unknown>

export const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
export const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** As a text field shows it; what has no such form is not shown. */
export const printed = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

/** `verify-full` → "Verify full", `connectTimeout` → "Connect timeout" */
const inWords = (name: string): string => {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase()
    .replace(/\b(api|ca|csv|id|sql|tls|url)\b/g, (acronym) => acronym.toUpperCase())
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const labelOf = (name: string, schema: Schema): string => text(schema['title']) ?? inWords(name)

export const alternativesOf = (schema: Schema): Schema[] => {
  const alternatives = schema['anyOf'] ?? schema['oneOf']
  return Array.isArray(alternatives) ? alternatives.filter(isSchema) : []
}

/** An optional value may be written as "this or null": the form only needs the this. */
export const withoutNull = (schema: Schema): Schema => {
  const real = alternativesOf(schema).filter(({ type }) => type !== 'null')
  return real.length === 1 ? { ...real[0], ...schema } : schema
}

export const choicesOf = (schema: Schema): string[] | undefined => {
  if (Array.isArray(schema['enum'])) return schema['enum'].map(String)
  const constants = alternativesOf(schema).map((option) => option['const'])
  return constants.length > 0 && constants.every((constant) => typeof constant === 'string') ? constants : undefined
}

/** The property whose constant tells the alternatives of a value from each other. */
export const discriminatorOf = (alternatives: readonly Schema[]): string | undefined => {
  const [first] = alternatives
  if (!isSchema(first?.['properties'])) return undefined
  return Object.keys(first['properties']).find((name) => alternatives.every((alternative) => constantAt(alternative, name) !== undefined))
}

export const constantAt = ({ properties }: Schema, name: string): string | undefined => {
  const property = isSchema(properties) ? properties[name] : undefined
  return isSchema(property) ? text(property['const']) : undefined
}
