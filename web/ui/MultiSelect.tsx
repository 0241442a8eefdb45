'use client'
/** Any number of choices, shown by their names. */

import { Select as Base } from '@base-ui/react/select'
import clsx from 'clsx'
import { Check, ChevronDown } from 'lucide-react'
import * as t from '@/texts/ui.ts'
import { menuItemClass, menuPopupClass } from './Menu.tsx'
import { selectClass } from './Select.tsx'

type Props = {
  options: readonly string[]
  values: readonly string[]
  onChange: (values: string[]) => void
  /** Where nothing is chosen. */
  placeholder: string
  /** Only where no Field labels it. */
  'aria-label'?: string
  className?: string
}

export const MultiSelect = ({ options: offered, values, onChange, placeholder, className, ...rest }: Props) => {
  // What was chosen and is no longer offered can still be seen, and taken away.
  const options = [...offered, ...values.filter((value) => !offered.includes(value))]
  return (
    <Base.Root multiple value={[...values]} onValueChange={(next) => onChange(options.filter((option) => next.includes(option)))}>
      <Base.Trigger {...rest} className={clsx(selectClass, className)}>
        <Base.Value className="truncate font-mono text-xs">
          {(chosen: string[]) =>
            chosen.length > 0 ? chosen.join(', ') : <span className="font-sans text-sm text-ink-faint">{placeholder}</span>
          }
        </Base.Value>
        <Base.Icon>
          <ChevronDown aria-hidden className="size-3.5 text-ink-faint" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner alignItemWithTrigger={false} sideOffset={4} className="z-50">
          <Base.Popup className={clsx(menuPopupClass, 'max-h-80! min-w-(--anchor-width)!')}>
            {options.map((option) => (
              <Base.Item key={option} value={option} className={clsx(menuItemClass, 'group/option font-mono text-xs')}>
                <span className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong group-data-selected/option:border-primary group-data-selected/option:bg-primary group-data-selected/option:text-on-primary">
                  <Base.ItemIndicator>
                    <Check aria-hidden strokeWidth={3} className="size-3" />
                  </Base.ItemIndicator>
                </span>
                <Base.ItemText>{option}</Base.ItemText>
              </Base.Item>
            ))}
            {options.length === 0 && <p className="px-2 py-1.5 text-ink-faint">{t.noColumn}</p>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
