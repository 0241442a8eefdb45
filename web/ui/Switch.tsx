'use client'
/** On or off, with its label beside it. */

import { Switch as Base } from '@base-ui/react/switch'
import type { ReactNode } from 'react'

export const Switch = ({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}) => (
  // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the switch inside carries the hidden input
  <label className="flex items-center gap-2.5 text-sm">
    <Base.Root
      checked={checked}
      onCheckedChange={onChange}
      className="flex h-4.5 w-8 shrink-0 items-center rounded-full bg-ink-faint p-0.5 transition-colors data-checked:bg-primary"
    >
      <Base.Thumb className="size-3.5 rounded-full bg-on-primary transition-transform duration-150 data-checked:translate-x-3.5" />
    </Base.Root>
    <span>{children}</span>
  </label>
)
