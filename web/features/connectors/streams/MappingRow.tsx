'use client'
/** One line of the mapping: a column of the source, whether it is taken, and what becomes of it. */

import clsx from 'clsx'
import { ArrowRight, ChevronRight, KeyRound, Trash2, TriangleAlert } from 'lucide-react'
import { memo, useState } from 'react'
import * as t from '@/texts/mapping.ts'
import { Badge } from '@/ui/Badge.tsx'
import { Checkbox } from '@/ui/Checkbox.tsx'
import { Field } from '@/ui/Field.tsx'
import { IconButton } from '@/ui/IconButton.tsx'
import { Input } from '@/ui/Input.tsx'
import { Select } from '@/ui/Select.tsx'
import type { Column, FieldDraft, MappingRow as Row } from './mapping.ts'
import { TransformList } from './TransformList.tsx'
import { transformInWords } from './transforms.ts'

export const typeListId = 'destination-types'

/** The line's own grid, which the headings share. */
export const mappingGrid =
  'grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1.5 px-4 @3xl:grid-cols-[1rem_minmax(0,4fr)_1rem_minmax(0,4fr)_minmax(0,4fr)_minmax(0,4fr)_4rem]'

type Props = Pick<Row, 'column' | 'field'> & {
  isKey: boolean
  /** By the name of the part: `destination`, `type`, `transform`. */
  errors: Record<string, string> | undefined
  onInclude: (column: Column) => void
  onRemove: (key: string) => void
  onChange: (key: string, change: Partial<FieldDraft>) => void
}

export const MappingRow = memo(({ column, field, isKey, errors, onInclude, onRemove, onChange }: Props) => {
  // What a constant is has still to be said.
  const [opened, setOpen] = useState(() => field?.source === null && field.destination === '')
  const name = column?.name ?? field?.source ?? t.constantCalled(field?.destination ?? '')
  const hidden = errors !== undefined && Object.keys(errors).some((part) => part !== 'destination' && part !== 'type')
  const open = field !== null && (opened || hidden)
  const set = (change: Partial<FieldDraft>) => field && onChange(field.key, change)
  const toggle = () => (field ? onRemove(field.key) : column && onInclude(column))
  return (
    <li className={clsx('border-b pt-1.5 last:border-b-0', field === null && 'bg-sunken', !open && 'pb-1.5')}>
      <div className={clsx(mappingGrid, 'min-h-8')}>
        {column ? (
          <Checkbox checked={field !== null} onChange={toggle} aria-label={t.carryOver(name)} />
        ) : (
          <span aria-hidden className="size-4" />
        )}
        <SourceName column={column} field={field} isKey={isKey} />
        {field && (
          <>
            <ArrowRight aria-hidden className="hidden size-3.5 text-ink-faint @3xl:block" />
            <FieldInputs field={field} column={column} name={name} errors={errors} set={set} />
            <Summary field={field} />
          </>
        )}
        <div className="col-start-3 row-start-1 flex justify-end @3xl:col-start-auto @3xl:row-start-auto">
          {field && !column && <IconButton icon={Trash2} label={t.removeField(name)} onClick={() => onRemove(field.key)} />}
          {field && (
            <button
              type="button"
              aria-expanded={open}
              aria-label={t.detailsOf(name)}
              onClick={() => setOpen(!open)}
              className="flex size-8 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
            >
              <ChevronRight aria-hidden className={clsx('size-4 transition-transform', open && 'rotate-90')} />
            </button>
          )}
        </div>
      </div>
      {open && <Details field={field} column={column} name={name} error={errors?.['transform'] ?? errors?.['default']} set={set} />}
    </li>
  )
})

const SourceName = ({ column, field, isKey }: Pick<Props, 'column' | 'field' | 'isKey'>) => (
  <div className="flex min-w-0 flex-wrap items-baseline gap-x-2">
    {column ? (
      <>
        <span className={clsx('truncate font-mono text-xs', field ? 'font-medium' : 'text-ink-faint')}>{column.name}</span>
        {isKey && <KeyRound aria-label={t.partOfKey} className="size-3 shrink-0 self-center text-pending" />}
        <span className="truncate font-mono text-2xs text-ink-faint">{column.sourceType ?? column.type}</span>
      </>
    ) : field?.source ? (
      <>
        <span className="truncate font-mono text-xs font-medium text-failed">{field.source}</span>
        <span className="flex items-center gap-1 text-2xs text-failed">
          <TriangleAlert aria-hidden className="size-3" /> {t.notAtSource}
        </span>
      </>
    ) : (
      <span className="text-xs text-ink-soft">{t.constant}</span>
    )}
  </div>
)

type FieldProps = { field: FieldDraft; column: Column | null; name: string; set: (change: Partial<FieldDraft>) => void }

const FieldInputs = ({ field, column, name, errors, set }: FieldProps & Pick<Props, 'errors'>) => (
  <>
    <CellInput
      label={t.destinationOf(name)}
      word={t.destination}
      value={field.destination}
      error={errors?.['destination'] ?? errors?.['source']}
      onChange={(destination) => set({ destination })}
      className="col-span-2 col-start-2 @3xl:col-span-1 @3xl:col-start-auto"
    />
    <CellInput
      label={t.typeOf(name)}
      word={t.type}
      value={field.type}
      placeholder={column?.type ?? 'text'}
      error={errors?.['type']}
      list={typeListId}
      onChange={(type) => set({ type })}
      className="col-span-2 col-start-2 @3xl:col-span-1 @3xl:col-start-auto"
    />
  </>
)

type CellProps = {
  label: string
  /** What a narrow screen shows beside it; a wide one has headings. */
  word: string
  value: string
  placeholder?: string
  error: string | undefined
  list?: string
  className: string
  onChange: (text: string) => void
}

const CellInput = ({ label, word, value, placeholder, error, list, className, onChange }: CellProps) => (
  <div className={clsx('grid min-w-0 grid-cols-[5.5rem_minmax(0,1fr)] items-center @3xl:grid-cols-1', className)}>
    <span aria-hidden className="text-xs text-ink-faint @3xl:hidden">
      {word}
    </span>
    <Input
      aria-label={label}
      aria-invalid={error !== undefined}
      value={value}
      placeholder={placeholder}
      list={list}
      onChange={(event) => onChange(event.target.value)}
      className={clsx('h-7! font-mono text-xs!', error && 'border-failed!')}
    />
    {error && <p className="col-start-2 mt-1 text-xs text-failed @3xl:col-start-1">{error}</p>}
  </div>
)

/** What else is said of the field, without opening it. */
const Summary = ({ field: { nullable, default: instead, transforms } }: { field: FieldDraft }) => (
  <div className="col-span-2 col-start-2 flex min-w-0 flex-wrap items-center gap-1 @3xl:col-span-1 @3xl:col-start-auto">
    {nullable === false && <Badge>{t.required}</Badge>}
    {nullable === true && <Badge>{t.mayBeEmpty}</Badge>}
    {instead !== null && <Badge>{t.otherwise(instead)}</Badge>}
    {transforms.map((transform, index) => (
      // A step has no other identity than its place.
      <Badge key={index} tone="accent">
        <span className="max-w-44 truncate">{transformInWords(transform)}</span>
      </Badge>
    ))}
  </div>
)

const emptiness = [
  { value: 'source', label: t.emptinessOfSource },
  { value: 'yes', label: t.emptinessAllowed },
  { value: 'no', label: t.emptinessForbidden },
] as const

const Details = ({ field, name, error, set }: FieldProps & { error: string | undefined }) => {
  const chosen = field.nullable === null ? 'source' : field.nullable ? 'yes' : 'no'
  return (
    <div className="mt-1.5 grid gap-4 border-t bg-sunken px-4 py-4 sm:pl-11 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="flex flex-col gap-4">
        <Field label={t.emptiness} description={t.emptinessHint}>
          <Select
            options={[...emptiness]}
            value={chosen}
            onChange={(next) => set({ nullable: next === 'source' ? null : next === 'yes' })}
          />
        </Field>
        <Field label={t.fallback} optional description={t.fallbackHint}>
          <Input
            value={field.default ?? ''}
            placeholder={t.noFallback}
            onChange={(event) => set({ default: event.target.value === '' ? null : event.target.value })}
          />
        </Field>
      </div>
      <TransformList name={name} transforms={field.transforms} error={error} onChange={(transforms) => set({ transforms })} />
    </div>
  )
}
