'use client'
/** Whether single keys act; a person whose speech input types letters can switch them off. */

import { readPreference, usePreference } from '@/ui/use-preference.ts'

const name = 'single-key-shortcuts'
const values = ['on', 'off'] as const

export const shortcutsEnabled = (): boolean => readPreference(name, values) === 'on'

export const useShortcutsEnabled = (): [boolean, (enabled: boolean) => void] => {
  const [value, set] = usePreference(name, values)
  return [value === 'on', (enabled) => set(enabled ? 'on' : 'off')]
}
