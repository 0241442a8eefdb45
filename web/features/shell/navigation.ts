/** The places of the console, and which of them a path belongs to. */

import { Activity, History, type LucideIcon, Unplug } from 'lucide-react'

export type Place = { href: string; label: string; icon: LucideIcon /** Pressed after `g`. */; key: string }

export const places: readonly Place[] = [
  { href: '/admin/connectors', label: 'Connectors', icon: Unplug, key: 'c' },
  { href: '/admin/connectors/history', label: 'Job History', icon: History, key: 'h' },
  { href: '/admin/system', label: 'System', icon: Activity, key: 's' },
]

/** A single run belongs to the history, a single connector to the connectors. */
export const placeOf = (pathname: string): string => {
  if (pathname.startsWith('/admin/connectors/history') || pathname.startsWith('/admin/runs')) return '/admin/connectors/history'
  return pathname.startsWith('/admin/system') ? '/admin/system' : '/admin/connectors'
}
