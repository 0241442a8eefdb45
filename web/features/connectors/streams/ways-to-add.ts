/** How streams come to a connector that its source's catalogue does not name. */

import { fieldsOf } from '../settings-form/form-fields.ts'
import type { Kind } from '../wizard/KindPicker.tsx'
import { sourceSchemaOf } from './SourceFields.tsx'

export type WayToAdd = { label: string; title: string; initial: unknown; isSql: boolean }

/** Custom SQL where the kind speaks it, and whatever else a stream of it may name. */
export const waysToAdd = ({ capabilities, streamSourceSchema }: Kind): WayToAdd[] => {
  const what = fieldsOf(sourceSchemaOf(streamSourceSchema))[0]?.label.toLowerCase() ?? 'stream'
  const article = /^[aeiou]/.test(what) ? 'an' : 'a'
  return [
    { label: `By ${what}`, title: `Add ${article} ${what}`, initial: {}, isSql: false },
    ...(capabilities.sql ? [{ label: 'Custom SQL', title: 'Add a custom SQL stream', initial: { sql: '' }, isSql: true }] : []),
  ]
}
