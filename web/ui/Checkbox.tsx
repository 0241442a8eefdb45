'use client'
/** A box to tick; give it a label of its own or put it in a labelled row. */

import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check } from 'lucide-react'

type Props = { checked: boolean; onChange: (checked: boolean) => void; 'aria-label'?: string; disabled?: boolean }

export const Checkbox = ({ checked, onChange, ...rest }: Props) => (
  <Base.Root
    {...rest}
    checked={checked}
    onCheckedChange={onChange}
    className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface transition-colors hover:border-ink-faint data-checked:border-primary data-checked:bg-primary data-checked:text-on-primary"
  >
    <Base.Indicator>
      <Check aria-hidden strokeWidth={3} className="size-3" />
    </Base.Indicator>
  </Base.Root>
)
