/** Stands in for what is loading; shows only when that takes more than a moment. */

import clsx from 'clsx'

export const Skeleton = ({ className }: { className?: string }) => (
  <div aria-hidden className={clsx('animate-late rounded-md', className)}>
    <div className="h-full w-full animate-pulse rounded-md bg-hover" />
  </div>
)
