'use client'
/** A box to tick; give it a label of its own or put it in a labelled row. */

import { Check, Minus } from 'lucide-react'
import { useDeaf } from './use-deaf.ts'

type Props = {
  checked: boolean
  /** Of many: some are ticked. */
  indeterminate?: boolean
  onChange: (checked: boolean) => void
  'aria-label'?: string
  disabled?: boolean
}

export const Checkbox = ({ checked, indeterminate = false, onChange, disabled = false, ...rest }: Props) => {
  const deaf = useDeaf(checked)
  const Mark = indeterminate ? Minus : Check
  return (
    <span className="relative flex size-4 shrink-0">
      <input
        type="checkbox"
        {...rest}
        checked={checked}
        disabled={disabled || deaf}
        onChange={({ target }) => onChange(target.checked)}
        // No attribute says it.
        ref={(input) => {
          if (input) input.indeterminate = indeterminate
        }}
        className="peer size-4 appearance-none rounded-sm border border-line-strong bg-surface transition-colors checked:border-primary checked:bg-primary indeterminate:border-primary indeterminate:bg-primary hover:not-checked:not-indeterminate:border-ink-faint"
      />
      <Mark
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none absolute inset-0.5 hidden size-3 text-on-primary peer-checked:block peer-indeterminate:block"
      />
    </span>
  )
}
