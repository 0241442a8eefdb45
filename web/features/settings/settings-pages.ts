/** The pages of the settings, in their order. */

import * as t from '@/texts/settings.ts'

export type SettingsPage = { href: string; label: string /** Else for administrators. */; everybody: boolean }

export const settingsPages: readonly SettingsPage[] = [
  { href: '/admin/settings/tokens', label: t.tokens, everybody: false },
  { href: '/admin/settings/people', label: t.people, everybody: false },
  { href: '/admin/settings/notifications', label: t.notifications, everybody: false },
  { href: '/admin/settings/retention', label: t.retention, everybody: false },
  { href: '/admin/settings/audit', label: t.auditLog, everybody: false },
  { href: '/admin/settings/account', label: t.account, everybody: true },
]

export const accountPath = '/admin/settings/account'
