/** How streams come to a connector that its source's catalogue does not name. */

import * as t from '@/texts/streams.ts'
import { fieldsOf } from '../settings-form/form-fields.ts'
import type { Kind } from '../wizard/KindPicker.tsx'
import { sourceSchemaOf } from './SourceFields.tsx'

export type WayToAdd = { label: string; title: string; initial: unknown; isSql: boolean }

/** Custom SQL where the kind speaks it, and whatever else a stream of it may name. */
export const waysToAdd = ({ capabilities, streamSourceSchema }: Kind): WayToAdd[] => {
  const what = fieldsOf(sourceSchemaOf(streamSourceSchema))[0]?.label ?? t.anyStream
  return [
    { label: t.addBy(what), title: t.addByTitle(what), initial: {}, isSql: false },
    ...(capabilities.sql ? [{ label: t.addSql, title: t.addSqlTitle, initial: { sql: '' }, isSql: true }] : []),
  ]
}
