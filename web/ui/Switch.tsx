'use client'
/** On or off, with its label beside it. */

import type { ReactNode } from 'react'
import { useDeaf } from './use-deaf.ts'

export const Switch = ({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}) => (
  <label className="flex items-center gap-2.5 text-sm">
    <input
      type="checkbox"
      // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- a native box says by itself whether it is ticked
      role="switch"
      checked={checked}
      disabled={useDeaf(checked)}
      onChange={({ target }) => onChange(target.checked)}
      className="relative h-4.5 w-8 shrink-0 appearance-none rounded-full bg-ink-faint transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-3.5 before:rounded-full before:bg-on-primary before:transition-transform before:duration-150 checked:bg-primary checked:before:translate-x-3.5"
    />
    <span>{children}</span>
  </label>
)
