/** How far something is, as a bar. */

import clsx from 'clsx'

type Props = { label: string; value: number; max: number; className?: string }

export const Progress = ({ label, value, max, className }: Props) => {
  const share = max > 0 ? Math.min(value / max, 1) : 1
  return (
    <span className={clsx('relative block h-1 overflow-hidden rounded-full bg-line', className)}>
      <progress aria-label={label} value={Math.floor(share * 100)} max={100} className="absolute inset-0 size-full opacity-0" />
      <span
        aria-hidden
        className="absolute inset-0 origin-left rounded-full bg-running-vivid transition-transform duration-200 ease-linear"
        style={{ transform: `scaleX(${share})` }}
      />
    </span>
  )
}
