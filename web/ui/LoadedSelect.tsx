'use client'
/** A choice with its library, which is loaded with the first that is opened. */

import { Select as Base } from '@base-ui/react/select'
import clsx from 'clsx'
import { Check, ChevronDown } from 'lucide-react'
import { menuItemClass, menuPopupClass } from './Menu.tsx'
import { type SelectProps, selectClass } from './Select.tsx'
import { useOpening } from './use-loaded.ts'

export const LoadedSelect = ({ options, value, onChange, className, ...rest }: SelectProps<string>) => (
  <Base.Root items={options} value={value} onValueChange={(next) => next !== null && onChange(next)}>
    <Base.Trigger {...rest} ref={useOpening()} className={clsx(selectClass, className)}>
      <Base.Value className="truncate" />
      <Base.Icon>
        <ChevronDown aria-hidden className="size-3.5 text-ink-faint" />
      </Base.Icon>
    </Base.Trigger>
    <Base.Portal>
      <Base.Positioner alignItemWithTrigger={false} sideOffset={4} className="z-50">
        <Base.Popup className={clsx(menuPopupClass, 'min-w-(--anchor-width)!')}>
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
