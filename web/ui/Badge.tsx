/** A small label of one fact: tone by meaning, never by colour alone. */

import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

const tones = {
  pending: 'bg-pending-tint text-pending',
  running: 'bg-running-tint text-running',
  completed: 'bg-completed-tint text-completed',
  failed: 'bg-failed-tint text-failed',
  error: 'bg-error-tint text-error',
  neutral: 'bg-cancelled-tint text-cancelled',
  accent: 'bg-accent-tint text-accent',
}

export type Tone = keyof typeof tones

type Props = { tone?: Tone; icon?: LucideIcon; iconClassName?: string; size?: 'sm' | 'md'; children: ReactNode }

export const Badge = ({ tone = 'neutral', icon: Icon, iconClassName, size = 'sm', children }: Props) => (
  <span
    className={clsx(
      'inline-flex shrink-0 items-center rounded-full font-medium whitespace-nowrap',
      size === 'sm' ? 'h-5.5 gap-1 px-2 text-xs' : 'h-7 gap-1.5 px-2.5 text-sm',
      tones[tone],
    )}
  >
    {Icon && <Icon aria-hidden strokeWidth={2.25} className={clsx(size === 'sm' ? 'size-3' : 'size-3.5', iconClassName)} />}
    {children}
  </span>
)
