/** A run's status: colour, icon and word. */

import type { JobRunStatus } from '@/graphql/generated/graphql.ts'
import { Badge } from '@/ui/Badge.tsx'
import { statusLooks } from './status.ts'

export const StatusBadge = ({ status, size = 'sm' }: { status: JobRunStatus; size?: 'sm' | 'md' }) => {
  const { label, icon, tone } = statusLooks[status]
  return (
    <Badge tone={tone} icon={icon} size={size} {...(status === 'RUNNING' && { iconClassName: 'animate-spin-slow' })}>
      {label}
    </Badge>
  )
}
