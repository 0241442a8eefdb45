'use client'
/** One choice of a few. */

import { Field } from '@base-ui/react/field'
import clsx from 'clsx'
import { ChevronDown } from 'lucide-react'
import { controlClass } from './control-class.ts'
import { useLoaded } from './use-loaded.ts'

type Option<T extends string> = { value: T; label: string }

export type SelectProps<T extends string> = {
  options: Option<T>[]
  value: T
  onChange: (value: T) => void
  /** Only where no Field labels it. */
  'aria-label'?: string
  className?: string
}

export const selectClass = clsx(controlClass, 'flex h-8 items-center justify-between gap-2 px-2.5 text-left')

const load = async () => (await import('./LoadedSelect.tsx')).LoadedSelect

export const Select = <T extends string>(props: SelectProps<T>) => {
  const { Loaded, button } = useLoaded<SelectProps<string>>(load)
  const { options, value, onChange, className, ...rest } = props
  const choose = (chosen: string): void => {
    const option = options.find((candidate) => candidate.value === chosen)
    if (option) onChange(option.value)
  }
  if (Loaded) return <Loaded {...props} onChange={choose} />
  return (
    <Field.Control
      {...rest}
      value={value}
      className={clsx(selectClass, className)}
      render={
        // What it opens is not there yet, so there is nothing to name as controlled; no tag looks like it.
        // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props, jsx-a11y/prefer-tag-over-role
        <button type="button" role="combobox" aria-haspopup="listbox" {...button}>
          <span className="truncate">{options.find((option) => option.value === value)?.label}</span>
          <ChevronDown aria-hidden className="size-3.5 text-ink-faint" />
        </button>
      }
    />
  )
}
