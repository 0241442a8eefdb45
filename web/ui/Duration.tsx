'use client'
/** How long something took, or has been going on. */

import * as common from '@/texts/common.ts'
import { useNow } from './Clock.tsx'
import { formatDuration, formatTicking } from './format.ts'

type Props = { startedAt: string | null; finishedAt: string | null; className?: string }

export const Duration = ({ startedAt, finishedAt, className }: Props) => {
  if (startedAt === null) return <span className={className}>{common.none}</span>
  if (finishedAt === null) return <Ticking since={Date.parse(startedAt)} {...(className && { className })} />
  return <span className={className}>{formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}</span>
}

const Ticking = ({ since, className }: { since: number; className?: string }) => (
  <span className={className}>{formatTicking(Math.max(useNow() - since, 0))}</span>
)
