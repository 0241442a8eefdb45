'use client'
/** A search box; `/` anywhere on the page focuses the one marked as the page's. */

import clsx from 'clsx'
import { Search } from 'lucide-react'
import type { ComponentProps } from 'react'
import { controlClass } from './control-class.ts'
import { useDeaf } from './use-deaf.ts'

export const SearchInput = ({
  label,
  className,
  pageSearch = false,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> & { label: string; pageSearch?: boolean }) => {
  const deaf = useDeaf(rest.value)
  return (
    <div className={clsx('relative min-w-0', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-faint" />
      <input
        autoComplete="off"
        spellCheck={false}
        readOnly={deaf || undefined}
        {...rest}
        type="search"
        aria-label={label}
        placeholder={rest.placeholder ?? label}
        data-page-search={pageSearch || undefined}
        className={clsx(controlClass, 'h-8 pr-2.5 pl-8 [&::-webkit-search-cancel-button]:hidden')}
      />
    </div>
  )
}
