'use client'
/** Light to dark and back, in one click; the viewer's menu also has the system's own. */

import { Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import * as t from '@/texts/shell.ts'
import { IconButton } from '@/ui/IconButton.tsx'
import { useHydrated } from '@/ui/use-hydrated.ts'

export const ThemeSwitch = () => {
  const { resolvedTheme, setTheme } = useTheme()
  const dark = useHydrated() && resolvedTheme === 'dark'
  return (
    <IconButton icon={dark ? Sun : Moon} label={dark ? t.toLightTheme : t.toDarkTheme} onClick={() => setTheme(dark ? 'light' : 'dark')} />
  )
}
