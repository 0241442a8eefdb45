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
import type { Tone } from '@/ui/Badge.tsx'

export const statusLooks: Record<JobRunStatus, { label: string; icon: LucideIcon; tone: Tone }> = {
  PENDING: { label: 'Pending', icon: Clock, tone: 'pending' },
  RUNNING: { label: 'Running', icon: LoaderCircle, tone: 'running' },
  COMPLETED: { label: 'Completed', icon: CircleCheck, tone: 'completed' },
  FAILED: { label: 'Failed', icon: CircleX, tone: 'failed' },
  ERROR: { label: 'Error', icon: OctagonAlert, tone: 'error' },
  CANCELLED: { label: 'Cancelled', icon: Ban, tone: 'neutral' },
}

export const triggerLooks: Record<JobTrigger, { label: string; icon: LucideIcon }> = {
  MANUAL: { label: 'Manual', icon: User },
  SCHEDULED: { label: 'Scheduled', icon: CalendarClock },
  RETRY: { label: 'Retry', icon: RotateCcw },
  API: { label: 'API', icon: TerminalSquare },
}

export const statuses = Object.keys(statusLooks) as JobRunStatus[]
export const triggers = Object.keys(triggerLooks) as JobTrigger[]

export const isActive = (status: JobRunStatus): boolean => status === 'PENDING' || status === 'RUNNING'
