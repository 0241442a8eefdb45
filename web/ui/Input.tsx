'use client'
/** Text fields, one line or many. Inside a Field they take its label and error. */

import { Field } from '@base-ui/react/field'
import { Input as Base } from '@base-ui/react/input'
import clsx from 'clsx'
import { Search } from 'lucide-react'
import type { ComponentProps } from 'react'

export const controlClass =
  'w-full rounded-md border border-line-strong bg-surface text-sm text-ink shadow-card transition-colors hover:border-ink-faint data-invalid:border-failed disabled:cursor-not-allowed disabled:opacity-60'

export const Input = ({ className, ...rest }: Omit<ComponentProps<typeof Base>, 'className'> & { className?: string }) => (
  <Base autoComplete="off" spellCheck={false} {...rest} className={clsx(controlClass, 'h-8 px-2.5', className)} />
)

export const TextArea = ({ className, mono = false, ...rest }: ComponentProps<'textarea'> & { mono?: boolean }) => (
  <Field.Control
    render={
      <textarea
        spellCheck={false}
        rows={4}
        {...rest}
        className={clsx(controlClass, 'px-2.5 py-1.5', mono && 'font-mono text-xs', className)}
      />
    }
  />
)

/** A search box; `/` anywhere on the page focuses the one marked as the page's. */
export const SearchInput = ({
  label,
  className,
  pageSearch = false,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> & { label: string; pageSearch?: boolean }) => (
  <div className={clsx('relative min-w-0', className)}>
    <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-faint" />
    <input
      autoComplete="off"
      spellCheck={false}
      {...rest}
      type="search"
      aria-label={label}
      placeholder={rest.placeholder ?? label}
      data-page-search={pageSearch || undefined}
      className={clsx(controlClass, 'h-8 pr-2.5 pl-8 [&::-webkit-search-cancel-button]:hidden')}
    />
  </div>
)
