/** A bounded surface with an optional header line. */

import clsx from 'clsx'
import type { ReactNode } from 'react'

type Props = {
  title?: ReactNode
  /** Right of the title: a count, a link, a button. */
  aside?: ReactNode
  className?: string
  children: ReactNode
}

export const Card = ({ title, aside, className, children }: Props) => (
  <section className={clsx('min-w-0 overflow-hidden rounded-lg border bg-surface shadow-card', className)}>
    {(title || aside) && (
      <header className="flex min-h-10 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b px-4 py-1">
        {/* What is no plain text takes care of itself: cut off, it would lose the outline of its focus. */}
        <h2 className={clsx('text-sm font-medium', typeof title === 'string' && 'truncate')}>{title}</h2>
        {aside}
      </header>
    )}
    {children}
  </section>
)
