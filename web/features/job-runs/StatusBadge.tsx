/** A run's status: colour, icon and word; and what it means. */

import type { ReactElement } from 'react'
import type { JobRunStatus } from '@/graphql/generated/graphql.ts'
import { statusMeanings } from '@/texts/glossary.ts'
import { Badge } from '@/ui/Badge.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { statusLooks } from './status.ts'

type Props = { status: JobRunStatus; size?: 'sm' | 'md' }

export const StatusBadge = ({ status, size = 'sm' }: Props) => {
  const { label, icon, tone } = statusLooks[status]
  return (
    <Badge tone={tone} icon={icon} size={size} {...(status === 'RUNNING' && { iconClassName: 'animate-spin-slow' })}>
      {label}
    </Badge>
  )
}

/** `link`: where the badge leads to, if anywhere. */
export const ExplainedStatus = ({ link, ...badge }: Props & { link?: ReactElement<Record<string, unknown>> }) => (
  <Explained meaning={statusMeanings[badge.status]} {...(link && { render: link })} className="rounded-full">
    <StatusBadge {...badge} />
  </Explained>
)
