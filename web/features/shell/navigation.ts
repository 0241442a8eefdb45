/** The places of the console, and which of them a path belongs to. */

import { Activity, CircleQuestionMark, History, type LucideIcon, Settings, Unplug } from 'lucide-react'
import { failuresPath } from '@/features/failures/failure-path.ts'
import * as t from '@/texts/shell.ts'

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
  { href: '/admin/connectors', label: t.connectors, icon: Unplug, key: 'c', often: true },
  { href: '/admin/connectors/history', label: t.jobHistory, icon: History, key: 'h', often: true },
  { href: '/admin/system', label: t.system, icon: Activity, key: 's', often: true },
  { href: '/admin/settings', label: t.settings, icon: Settings, key: 't', often: false },
  { href: failuresPath, label: t.help, icon: CircleQuestionMark, key: 'e', often: false },
]

/** A single run belongs to the history, a single connector to the connectors. */
export const placeOf = (pathname: string): string => {
  if (pathname.startsWith('/admin/connectors/history') || pathname.startsWith('/admin/runs')) return '/admin/connectors/history'
  return places.findLast(({ href }) => pathname.startsWith(href))?.href ?? '/admin/connectors'
}
