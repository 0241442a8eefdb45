/** The pages of the settings, in their order. */

export type SettingsPage = { href: string; label: string /** Else for administrators. */; everybody: boolean }

export const settingsPages: readonly SettingsPage[] = [
  { href: '/admin/settings/tokens', label: 'API tokens', everybody: false },
  { href: '/admin/settings/people', label: 'People', everybody: false },
  { href: '/admin/settings/notifications', label: 'Notifications', everybody: false },
  { href: '/admin/settings/retention', label: 'Retention', everybody: false },
  { href: '/admin/settings/audit', label: 'Audit log', everybody: false },
  { href: '/admin/settings/account', label: 'Your account', everybody: true },
]

export const accountPath = '/admin/settings/account'
