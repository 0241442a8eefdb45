'use client'
/** How far something is, as a bar. */

import { Progress as Base } from '@base-ui/react/progress'
import clsx from 'clsx'

type Props = { label: string; value: number; max: number; className?: string }

export const Progress = ({ label, value, max, className }: Props) => {
  const share = max > 0 ? Math.min(value / max, 1) : 1
  return (
    <Base.Root
      aria-label={label}
      value={Math.floor(share * 100)}
      locale="en-US"
      className={clsx('block h-1 overflow-hidden rounded-full bg-line', className)}
    >
      <Base.Track className="block h-full">
        <Base.Indicator
          className="block h-full origin-left rounded-full bg-running-vivid transition-transform duration-200 ease-linear"
          style={{ width: '100%', transform: `scaleX(${share})` }}
        />
      </Base.Track>
    </Base.Root>
  )
}
