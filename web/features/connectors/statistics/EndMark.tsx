/** How the end of a run is drawn: a mark of a form of its own for what went wrong, since colours alone look alike to some. */

import type { JobRunStatus } from '@/graphql/generated/graphql.ts'

/** Of its bar: what was good is blue rather than green, which red is not told from by one man in twelve. */
export const endLooks: Record<JobRunStatus, string> = {
  PENDING: 'fill-pending-vivid',
  RUNNING: 'fill-running-vivid',
  COMPLETED: 'fill-accent',
  FAILED: 'fill-failed-tint stroke-failed-vivid',
  ERROR: 'fill-error-tint stroke-error-vivid',
  CANCELLED: 'fill-surface stroke-cancelled-vivid',
}

export const isMarked = (status: JobRunStatus): boolean => status === 'FAILED' || status === 'ERROR'

export const EndMark = ({ status, x, y }: { status: JobRunStatus; x: number; y: number }) => {
  if (status === 'FAILED')
    return (
      <path d={`M${x - 3} ${y - 3}l6 6m0-6l-6 6`} strokeWidth={1.75} strokeLinecap="round" className="pointer-events-none stroke-failed" />
    )
  return status === 'ERROR' ? <path d={`M${x} ${y - 4}l3.5 4l-3.5 4l-3.5-4z`} className="pointer-events-none fill-error" /> : null
}
