/** The places of the console, and which of them a path belongs to. */

import { Activity, CircleQuestionMark, History, type LucideIcon, Settings, Unplug } from 'lucide-react'
import { failuresPath } from '@/features/failures/failure-path.ts'

export type Place = {
  href: string
  label: string
  icon: LucideIcon
  /** Pressed after `g`. */
  key: string
  /** Whether it is gone to all the time. */
  often: boolean
}

export const places: readonly Place[] = [
  { href: '/admin/connectors', label: 'Connectors', icon: Unplug, key: 'c', often: true },
  { href: '/admin/connectors/history', label: 'Job History', icon: History, key: 'h', often: true },
  { href: '/admin/system', label: 'System', icon: Activity, key: 's', often: true },
  { href: '/admin/settings', label: 'Settings', icon: Settings, key: 't', often: false },
  { href: failuresPath, label: 'Help', icon: CircleQuestionMark, key: 'e', often: false },
]

/** A single run belongs to the history, a single connector to the connectors. */
export const placeOf = (pathname: string): string => {
  if (pathname.startsWith('/admin/connectors/history') || pathname.startsWith('/admin/runs')) return '/admin/connectors/history'
  return places.findLast(({ href }) => pathname.startsWith(href))?.href ?? '/admin/connectors'
}
