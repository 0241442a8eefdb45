'use client'
/** Whether a process was heard of lately. */

import { CircleCheck, CircleX } from 'lucide-react'
import * as t from '@/texts/system.tsx'
import { Badge } from '@/ui/Badge.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'

export const Presence = ({ process: { online, seenAt } }: { process: { online: boolean; seenAt: string } }) =>
  online ? (
    <Badge tone="completed" icon={CircleCheck}>
      {t.online}
    </Badge>
  ) : (
    <>
      <Badge tone="failed" icon={CircleX}>
        {t.silent}
      </Badge>
      <p className="mt-0.5 text-xs text-ink-faint">{t.seen(<RelativeTime at={seenAt} />)}</p>
    </>
  )
