/** Something to know before going on, in place. */

import clsx from 'clsx'
import { CircleCheck, Info, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const looks: Record<'info' | 'success' | 'warning' | 'danger', { icon: LucideIcon; className: string; iconClassName: string }> = {
  info: { icon: Info, className: 'bg-sunken', iconClassName: 'text-ink-faint' },
  success: { icon: CircleCheck, className: 'bg-completed-tint border-completed-vivid/25', iconClassName: 'text-completed' },
  warning: { icon: TriangleAlert, className: 'bg-pending-tint border-pending-vivid/30', iconClassName: 'text-pending' },
  danger: { icon: OctagonAlert, className: 'bg-failed-tint border-failed-vivid/25', iconClassName: 'text-failed' },
}

type Props = {
  tone?: keyof typeof looks
  title?: ReactNode /** Read out at once. */
  role?: 'alert' /** Read out when there is time. */
  live?: boolean
  className?: string
  children?: ReactNode
}

export const Callout = ({ tone = 'info', title, role, live, className, children }: Props) => {
  const { icon: Icon, className: look, iconClassName } = looks[tone]
  return (
    <div
      role={role}
      aria-live={live ? 'polite' : undefined}
      className={clsx('flex gap-2.5 rounded-lg border p-3 text-sm', look, className)}
    >
      <Icon aria-hidden className={clsx('mt-0.5 size-4 shrink-0', iconClassName)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium break-words">{title}</p>}
        {children && <div className={clsx('break-words text-ink-soft', title && 'mt-0.5')}>{children}</div>}
      </div>
    </div>
  )
}
