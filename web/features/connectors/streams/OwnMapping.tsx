'use client'
/** The mapping table: a line for each column of the source, and for each constant. */

import { Plus, SearchX } from 'lucide-react'
import { type ReactNode, useCallback, useDeferredValue, useMemo, useState } from 'react'
import * as t from '@/texts/mapping.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { SearchInput } from '@/ui/SearchInput.tsx'
import { MappingRow, mappingGrid, typeListId } from './MappingRow.tsx'
import {
  addConstant,
  type Column,
  changeField,
  destinationTypes,
  type FieldDraft,
  includeColumn,
  mappingRows,
  removeField,
} from './mapping.ts'

export type MappingEdit = {
  onFields: (change: (fields: FieldDraft[] | null) => FieldDraft[] | null) => void
  /** Names of columns of the source, or of the destination. */
  keyColumns: readonly string[]
  errors: Record<string, string>
}

type Props = MappingEdit & {
  /** null: the source could not be looked at. */
  found: Column[] | null
  look: ReactNode
  fields: FieldDraft[]
}

/** Messages by the place of the field: `fields.2.destination` → 2 → destination. */
const errorsByField = (errors: Record<string, string>): Map<number, Record<string, string>> => {
  const found = new Map<number, Record<string, string>>()
  for (const [path, message] of Object.entries(errors)) {
    const [, index, part] = /^fields\.(\d+)(?:\.([a-z]+))?/i.exec(path) ?? []
    if (index !== undefined) found.set(Number(index), { ...found.get(Number(index)), [part ?? 'destination']: message })
  }
  return found
}

/** As far as the mapping itself tells of them. */
const columnsOf = (fields: readonly FieldDraft[]): Column[] =>
  [...new Set(fields.flatMap(({ source }) => source ?? []))].map((name) => ({ name, type: 'text', sourceType: '', nullable: null }))

export const OwnMapping = ({ found: columnsFound, look, fields, onFields, keyColumns, errors }: Props) => {
  const [mappedAtFirst] = useState(() => columnsOf(fields))
  const columns = columnsFound ?? mappedAtFirst
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim().toLowerCase())
  const rows = useMemo(() => mappingRows(fields, columns), [fields, columns])
  const wrong = useMemo(() => errorsByField(errors), [errors])
  const edit = useCallback((change: (fields: FieldDraft[]) => FieldDraft[]) => onFields((before) => change(before ?? [])), [onFields])
  const include = useCallback((column: Column) => edit((before) => includeColumn(before, column, columns)), [edit, columns])
  const remove = useCallback((key: string) => edit((before) => removeField(before, key)), [edit])
  const set = useCallback((key: string, part: Partial<FieldDraft>) => edit((before) => changeField(before, key, part)), [edit])
  const found = rows.filter(({ column, field }) =>
    [column?.name, field?.source, field?.destination].some((name) => name?.toLowerCase().includes(search)),
  )
  const carried = fields.filter(({ source }) => source !== null).length
  return (
    <Card
      className="@container"
      title={t.title}
      aside={
        <span className="flex items-center gap-2">
          <output className="text-xs text-ink-faint tabular">{t.carriedOver(carried, columns.length)}</output>
          {look}
        </span>
      }
    >
      {columns.length > 12 && (
        <div className="border-b px-4 py-2">
          <SearchInput label={t.search} value={text} onChange={(event) => setText(event.target.value)} className="sm:max-w-72" />
        </div>
      )}
      {columnsFound === null && (
        <Callout tone="warning" className="m-4">
          {t.columnsNotKnown}
        </Callout>
      )}
      {errors['fields'] && <p className="px-4 py-2 text-xs text-failed">{errors['fields']}</p>}
      <div aria-hidden className={`${mappingGrid} hidden! h-9 border-b text-xs font-medium text-ink-faint @3xl:grid!`}>
        <span />
        <span>{t.sourceColumn}</span>
        <span />
        <span>{t.destination}</span>
        <span>{t.type}</span>
        <span>{t.values}</span>
        <span />
      </div>
      <ul aria-label={t.title}>
        {found.map((row) => (
          <MappingRow
            key={row.key}
            column={row.column}
            field={row.field}
            isKey={keyColumns.includes(row.field?.destination ?? row.column?.name ?? '')}
            errors={row.field ? wrong.get(fields.indexOf(row.field)) : undefined}
            onInclude={include}
            onRemove={remove}
            onChange={set}
          />
        ))}
      </ul>
      {found.length === 0 && (
        <EmptyState compact icon={SearchX} title={t.noMatchTitle}>
          {t.noMatchHint(text)}
        </EmptyState>
      )}
      <datalist id={typeListId}>
        {destinationTypes.map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </datalist>
      <footer className="flex flex-wrap justify-between gap-2 border-t bg-canvas px-4 py-2">
        <Button size="sm" icon={Plus} onClick={() => edit(addConstant)}>
          {t.addConstant}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => onFields(() => null)}>
          {t.everyColumn}
        </Button>
      </footer>
    </Card>
  )
}
