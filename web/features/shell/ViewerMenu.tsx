'use client'
/** Who is signed in; theme, keyboard and signing out. */

import { ChevronsUpDown, Keyboard, KeyRound, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTheme } from 'next-themes'
import { roleNames } from '@/features/session/roles.ts'
import { accountPath } from '@/features/settings/settings-pages.ts'
import type { ViewerQuery } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/shell.ts'
import { Menu, MenuCheckboxItem, MenuHeading, MenuItem, MenuRadioGroup, MenuSeparator } from '@/ui/Menu.tsx'
import { useShortcutsEnabled } from './shortcuts-preference.ts'

export type Viewer = NonNullable<ViewerQuery['viewer']>

const themes = [
  { value: 'system', label: t.systemTheme, icon: Monitor },
  { value: 'light', label: t.lightTheme, icon: Sun },
  { value: 'dark', label: t.darkTheme, icon: Moon },
]

const signOut = async () => {
  await fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  window.location.assign('/login')
}

export const ViewerMenu = ({ viewer, compact = false }: { viewer: Viewer; compact?: boolean }) => {
  const router = useRouter()
  const { theme = 'system', setTheme } = useTheme()
  const [shortcuts, setShortcuts] = useShortcutsEnabled()
  const trigger = (
    <button
      type="button"
      aria-label={t.accountOf(viewer.name)}
      className="flex min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left transition-colors hover:bg-hover data-popup-open:bg-hover"
    >
      <span
        aria-hidden
        className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-tint text-xs font-semibold text-accent"
      >
        {viewer.name.trim().charAt(0).toUpperCase() || '?'}
      </span>
      {!compact && (
        <>
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm leading-tight font-medium">{viewer.name}</span>
            <span className="block truncate text-xs leading-tight text-ink-faint">{roleNames[viewer.role]}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-3.5 text-ink-faint" />
        </>
      )}
    </button>
  )
  return (
    <Menu trigger={trigger} align={compact ? 'end' : 'start'} side={compact ? 'bottom' : 'top'}>
      <MenuHeading>{viewer.email ?? viewer.name}</MenuHeading>
      <MenuRadioGroup label={t.theme} value={theme} onChange={setTheme} options={themes} />
      <MenuSeparator />
      <MenuCheckboxItem checked={shortcuts} onChange={setShortcuts}>
        <Keyboard aria-hidden className="size-3.5 text-ink-faint" />
        {t.singleKeyShortcuts}
      </MenuCheckboxItem>
      <MenuSeparator />
      <MenuItem icon={KeyRound} onSelect={() => router.push(accountPath)}>
        {t.yourAccount}
      </MenuItem>
      <MenuItem icon={LogOut} onSelect={() => void signOut()}>
        {t.signOut}
      </MenuItem>
    </Menu>
  )
}
