'use client'
/** A list of actions, or of filters to tick, that opens from a button. */

import { Menu as Base } from '@base-ui/react/menu'
import clsx from 'clsx'
import { Check, type LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'

export const menuPopupClass =
  'max-h-(--available-height) min-w-44 overflow-auto rounded-lg bg-raised p-1 text-sm shadow-raised outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0'

export const menuItemClass =
  'flex min-h-8 w-full cursor-default items-center gap-2 rounded-md px-2 text-left outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover'

export const Menu = ({
  trigger,
  children,
  align = 'start',
  side = 'bottom',
}: {
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
}) => (
  <Base.Root>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-50">
        <Base.Popup className={menuPopupClass}>{children}</Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)

export const MenuItem = ({
  icon: Icon,
  onSelect,
  danger = false,
  children,
}: {
  icon?: LucideIcon
  onSelect: () => void
  danger?: boolean
  children: ReactNode
}) => (
  <Base.Item onClick={onSelect} className={clsx(menuItemClass, danger && 'text-failed')}>
    {Icon && <Icon aria-hidden className={clsx('size-3.5', !danger && 'text-ink-faint')} />}
    {children}
  </Base.Item>
)

export const MenuCheckboxItem = ({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}) => (
  <Base.CheckboxItem checked={checked} onCheckedChange={onChange} closeOnClick={false} className={menuItemClass}>
    <span
      className={clsx(
        'flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong',
        checked && 'border-primary bg-primary text-on-primary',
      )}
    >
      {checked && <Check aria-hidden strokeWidth={3} className="size-3" />}
    </span>
    {children}
  </Base.CheckboxItem>
)

export const MenuRadioGroup = ({
  label,
  value,
  onChange,
  options,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  options: { value: string; label: string; icon?: LucideIcon }[]
}) => (
  <Base.RadioGroup value={value} onValueChange={(next) => onChange(String(next))} aria-label={label}>
    {options.map(({ value: option, label: text, icon: Icon }) => (
      <Base.RadioItem key={option} value={option} closeOnClick className={clsx(menuItemClass, 'justify-between')}>
        <span className="flex items-center gap-2">
          {Icon && <Icon aria-hidden className="size-3.5 text-ink-faint" />}
          {text}
        </span>
        <Base.RadioItemIndicator>
          <Check aria-hidden className="size-3.5" />
        </Base.RadioItemIndicator>
      </Base.RadioItem>
    ))}
  </Base.RadioGroup>
)

export const MenuSeparator = () => <Base.Separator className="my-1 h-px bg-line" />

export const MenuHeading = ({ children }: { children: ReactNode }) => <div className="px-2 py-1.5 text-xs text-ink-faint">{children}</div>
