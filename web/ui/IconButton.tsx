/** A square button that shows only an icon; its label is its accessible name and its tooltip. */

import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Tooltip } from './Tooltip.tsx'

type Props = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  icon: LucideIcon
  label: string
  /** What the tooltip says, where it is not the label. */
  hint?: string
  iconClassName?: string
}

export const IconButton = ({ icon: Icon, label, hint, className, iconClassName, ...rest }: Props) => (
  <Tooltip content={hint ?? label}>
    <button
      type="button"
      {...rest}
      aria-label={label}
      className={clsx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors',
        'hover:not-disabled:bg-hover hover:not-disabled:text-ink disabled:cursor-not-allowed disabled:opacity-40',
        'aria-pressed:bg-accent-tint aria-pressed:text-accent',
        className,
      )}
    >
      <Icon aria-hidden className={clsx('size-4', iconClassName)} />
    </button>
  </Tooltip>
)
