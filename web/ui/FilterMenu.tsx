'use client'
/** A filter of many values: a button that says what is chosen, and the choices. */

import clsx from 'clsx'
import { ChevronDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import * as t from '@/texts/ui.ts'
import { Menu, MenuCheckboxItem } from './Menu.tsx'

type Option = { value: string; label: string; content?: ReactNode }
type Props = { label: string; options: Option[]; values: string[]; onChange: (values: string[]) => void }

export const FilterMenu = ({ label, options, values, onChange }: Props) => {
  const chosen = options.filter(({ value }) => values.includes(value))
  const summary = chosen.length === 1 ? (chosen[0]?.label ?? null) : t.chosen(chosen.length)
  return (
    <Menu trigger={<FilterButton label={label} summary={chosen.length === 0 ? null : summary} />}>
      {options.map(({ value, label: text, content }) => (
        <MenuCheckboxItem
          key={value}
          checked={values.includes(value)}
          onChange={(checked) => onChange(checked ? [...values, value] : values.filter((other) => other !== value))}
        >
          <span className="max-w-64 truncate">{content ?? text}</span>
        </MenuCheckboxItem>
      ))}
    </Menu>
  )
}

/** Opens the choices of a filter, and says what is chosen; null: nothing. */
export const FilterButton = ({ label, summary, ...rest }: ComponentProps<'button'> & { label: string; summary: string | null }) => (
  <button
    type="button"
    {...rest}
    className={clsx(
      'inline-flex h-8 max-w-72 items-center gap-1.5 rounded-md border px-2.5 text-sm font-medium shadow-card transition-colors hover:bg-hover data-popup-open:bg-hover',
      summary === null ? 'border-dashed border-line-strong bg-surface text-ink-soft' : 'border-line-strong bg-surface text-ink',
    )}
  >
    <span className="truncate">
      {label}
      {summary !== null && <span className="font-normal text-ink-soft">: {summary}</span>}
    </span>
    <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
  </button>
)
