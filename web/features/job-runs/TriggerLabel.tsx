/** Why a run came to be, and by whom. */

import type { JobTrigger } from '@/graphql/generated/graphql.ts'
import { triggerLooks } from './status.ts'

export const TriggerLabel = ({ trigger, requestedBy }: { trigger: JobTrigger; requestedBy: string | null }) => {
  const { label, icon: Icon } = triggerLooks[trigger]
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Icon aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
      <span className="truncate">
        {label}
        {requestedBy && <span className="text-ink-faint"> · {requestedBy}</span>}
      </span>
    </span>
  )
}
