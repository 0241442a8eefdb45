/**
 * Which fields of a form apply to what is chosen: those of the chosen alternative, and those whose description says for
 * which choice they are ("For basic.", "For basic or bearer: …"). A form may ask about the choices of the one beside it.
 */

import type { Condition, Draft, FormField } from './form-fields.ts'

/** A form and what it holds. */
export type Filled = { fields: readonly FormField[]; draft: Draft }

/** Fields that stay out are neither shown, nor checked, nor sent. */
export const applicableFields = ({ fields, draft }: Filled, beside: Filled | null): FormField[] => {
  const forms = beside === null ? [{ fields, draft }] : [{ fields, draft }, beside]
  return fields.flatMap((field) => {
    if (!holds(field.when, draft)) return []
    const said = forms
      .map((form) => ({ condition: saidBy(field, form.fields), draft: form.draft }))
      .find(({ condition }) => condition !== null)
    if (said?.condition == null) return [field]
    return holds(said.condition, said.draft) ? [{ ...field, when: said.condition, description: withoutSaying(field.description) }] : []
  })
}

const holds = (condition: Condition | null, draft: Draft): boolean =>
  condition === null || condition.values.includes(String(draft[condition.path] ?? ''))

const saying = /^For ([\w-]+(?:(?:, | or | and )[\w-]+)*)[.,:]\s*/

const saidBy = ({ description, path }: FormField, fields: readonly FormField[]): Condition | null => {
  const values = saying.exec(description ?? '')?.[1]?.split(/, | or | and /)
  if (values === undefined) return null
  const choice = fields.find(
    (field) =>
      field.control === 'choice' && field.path !== path && values.every((value) => field.options.some((option) => option.value === value)),
  )
  return choice === undefined ? null : { path: choice.path, values }
}

/** Who sees the field has made the choice. */
const withoutSaying = (description: string | undefined): string | undefined => {
  const rest = description?.replace(saying, '') ?? ''
  return rest === '' ? undefined : rest.charAt(0).toUpperCase() + rest.slice(1)
}
