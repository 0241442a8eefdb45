'use client'
/** A list of actions, or of filters to tick, that opens from a button. */

import type { Menu as Base } from '@base-ui/react/menu'
import { mergeProps } from '@base-ui/react/merge-props'
import clsx from 'clsx'
import { Check, type LucideIcon } from 'lucide-react'
import { cloneElement, createContext, type ReactElement, type ReactNode, use } from 'react'
import { useLoaded } from './use-loaded.ts'

export const menuPopupClass =
  'max-h-(--available-height) min-w-44 overflow-auto rounded-lg bg-raised p-1 text-sm shadow-raised outline-none transition-opacity duration-100 data-ending-style:transition-none data-starting-style:opacity-0'

export const menuItemClass =
  'flex min-h-8 w-full cursor-default items-center gap-2 rounded-md px-2 text-left outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover'

export type MenuProps = {
  /** A button, or what passes its props on to one. */
  trigger: ReactElement<Record<string, unknown>>
  children: ReactNode
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
}

/** What the items are made of: there inside an open menu. */
export const Parts = createContext<typeof Base | null>(null)

const useParts = (): typeof Base => {
  const parts = use(Parts)
  if (!parts) throw new Error('An item stands in a menu.')
  return parts
}

const load = async () => (await import('./LoadedMenu.tsx')).LoadedMenu

export const Menu = (props: MenuProps) => {
  const { Loaded, button } = useLoaded<MenuProps>(load)
  if (Loaded) return <Loaded {...props} />
  return cloneElement(props.trigger, mergeProps({ 'aria-haspopup': 'menu', ...button }, props.trigger.props))
}

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
}) => {
  const { Item } = useParts()
  return (
    <Item onClick={onSelect} className={clsx(menuItemClass, danger && 'text-failed')}>
      {Icon && <Icon aria-hidden className={clsx('size-3.5', !danger && 'text-ink-faint')} />}
      {children}
    </Item>
  )
}

export const MenuCheckboxItem = ({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}) => {
  const { CheckboxItem } = useParts()
  return (
    <CheckboxItem checked={checked} onCheckedChange={onChange} closeOnClick={false} className={menuItemClass}>
      <span
        className={clsx(
          'flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong',
          checked && 'border-primary bg-primary text-on-primary',
        )}
      >
        {checked && <Check aria-hidden strokeWidth={3} className="size-3" />}
      </span>
      {children}
    </CheckboxItem>
  )
}

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
}) => {
  const { RadioGroup, RadioItem, RadioItemIndicator } = useParts()
  return (
    <RadioGroup value={value} onValueChange={(next) => onChange(String(next))} aria-label={label}>
      {options.map(({ value: option, label: text, icon: Icon }) => (
        <RadioItem key={option} value={option} closeOnClick className={clsx(menuItemClass, 'justify-between')}>
          <span className="flex items-center gap-2">
            {Icon && <Icon aria-hidden className="size-3.5 text-ink-faint" />}
            {text}
          </span>
          <RadioItemIndicator>
            <Check aria-hidden className="size-3.5" />
          </RadioItemIndicator>
        </RadioItem>
      ))}
    </RadioGroup>
  )
}

export const MenuSeparator = () => {
  const { Separator } = useParts()
  return <Separator className="my-1 h-px bg-line" />
}

export const MenuHeading = ({ children }: { children: ReactNode }) => <div className="px-2 py-1.5 text-xs text-ink-faint">{children}</div>
