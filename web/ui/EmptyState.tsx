/** Where there is nothing yet: what would be here, and how to get it. */

import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export const EmptyState = ({
  icon: Icon,
  title,
  children,
  action,
  compact = false,
}: {
  icon: LucideIcon
  title: string
  children: ReactNode
  action?: ReactNode
  /** One part of a page among others. */
  compact?: boolean
}) => (
  <div className={clsx('flex flex-col items-center px-6 text-center', compact ? 'py-8' : 'py-16')}>
    <div className="mb-4 flex size-11 items-center justify-center rounded-xl border bg-sunken">
      <Icon aria-hidden className="size-5 text-ink-faint" />
    </div>
    <h2 className="text-base font-semibold">{title}</h2>
    <div className="mt-1.5 max-w-md text-sm text-balance text-ink-soft">{children}</div>
    {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
  </div>
)
