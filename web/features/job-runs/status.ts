/** What a person sees of a status and of a trigger: word, icon, tone. */

import {
  Ban,
  CalendarClock,
  CircleCheck,
  CircleX,
  Clock,
  LoaderCircle,
  type LucideIcon,
  OctagonAlert,
  RotateCcw,
  TerminalSquare,
  User,
} from 'lucide-react'
import type { JobRunStatus, JobTrigger } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/status.ts'
import type { Tone } from '@/ui/Badge.tsx'

export const statusLooks: Record<JobRunStatus, { label: string; icon: LucideIcon; tone: Tone }> = {
  PENDING: { label: t.statusNames.PENDING, icon: Clock, tone: 'pending' },
  RUNNING: { label: t.statusNames.RUNNING, icon: LoaderCircle, tone: 'running' },
  COMPLETED: { label: t.statusNames.COMPLETED, icon: CircleCheck, tone: 'completed' },
  FAILED: { label: t.statusNames.FAILED, icon: CircleX, tone: 'failed' },
  ERROR: { label: t.statusNames.ERROR, icon: OctagonAlert, tone: 'error' },
  CANCELLED: { label: t.statusNames.CANCELLED, icon: Ban, tone: 'neutral' },
}

export const triggerLooks: Record<JobTrigger, { label: string; icon: LucideIcon }> = {
  MANUAL: { label: t.triggerNames.MANUAL, icon: User },
  SCHEDULED: { label: t.triggerNames.SCHEDULED, icon: CalendarClock },
  RETRY: { label: t.triggerNames.RETRY, icon: RotateCcw },
  API: { label: t.triggerNames.API, icon: TerminalSquare },
}

export const statuses = Object.keys(statusLooks) as JobRunStatus[]
export const triggers = Object.keys(triggerLooks) as JobTrigger[]

export const isActive = (status: JobRunStatus): boolean => status === 'PENDING' || status === 'RUNNING'
