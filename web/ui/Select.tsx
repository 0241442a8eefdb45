'use client'
/** One choice of a few. */

import { Select as Base } from '@base-ui/react/select'
import clsx from 'clsx'
import { Check, ChevronDown } from 'lucide-react'
import { controlClass } from './Input.tsx'
import { menuItemClass, menuPopupClass } from './Menu.tsx'

type Option<T extends string> = { value: T; label: string }

type Props<T extends string> = {
  options: Option<T>[]
  value: T
  onChange: (value: T) => void
  /** Only where no Field labels it. */
  'aria-label'?: string
  className?: string
}

export const Select = <T extends string>({ options, value, onChange, className, ...rest }: Props<T>) => (
  <Base.Root items={options} value={value} onValueChange={(next) => next !== null && onChange(next)}>
    <Base.Trigger {...rest} className={clsx(controlClass, 'flex h-8 items-center justify-between gap-2 px-2.5 text-left', className)}>
      <Base.Value className="truncate" />
      <Base.Icon>
        <ChevronDown aria-hidden className="size-3.5 text-ink-faint" />
      </Base.Icon>
    </Base.Trigger>
    <Base.Portal>
      <Base.Positioner alignItemWithTrigger={false} sideOffset={4} className="z-50">
        <Base.Popup className={clsx(menuPopupClass, 'min-w-(--anchor-width)')}>
          {options.map((option) => (
            <Base.Item key={option.value} value={option.value} className={clsx(menuItemClass, 'justify-between')}>
              <Base.ItemText>{option.label}</Base.ItemText>
              <Base.ItemIndicator>
                <Check aria-hidden className="size-3.5" />
              </Base.ItemIndicator>
            </Base.Item>
          ))}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)
