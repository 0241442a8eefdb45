'use client'
/**
 * The keyboard: `/` searches, `j` and `k` walk the rows, `x` selects the row, `s` syncs the row or the page, `g` and a letter
 * goes somewhere. Screens take part by attributes: `data-page-search`, `data-row` with `data-row-link` and `data-select`,
 * `data-sync`.
 */

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef } from 'react'
import { places } from './navigation.ts'
import { shortcutsEnabled } from './shortcuts-preference.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

const focusSearch = () => document.querySelector<HTMLInputElement>('[data-page-search]')?.focus()

const moveRow = (by: 1 | -1) => {
  const links = [...document.querySelectorAll<HTMLElement>('[data-row] [data-row-link]')]
  const row = document.activeElement?.closest('[data-row]')
  const at = links.findIndex((link) => row?.contains(link))
  links.at(Math.min(Math.max(at + by, 0), links.length - 1))?.focus()
}

const select = () => document.activeElement?.closest('[data-row]')?.querySelector<HTMLElement>('[data-select]')?.click()

const sync = () => {
  const scope = document.activeElement?.closest('[data-row]') ?? document.querySelector('[data-sync-scope]')
  scope?.querySelector<HTMLButtonElement>('[data-sync]')?.click()
}

export const useShortcuts = (): void => {
  const router = useRouter()
  const going = useRef(false)

  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return
    if (!shortcutsEnabled() || document.querySelector('[role="dialog"], [role="menu"]')) return
    if (going.current) {
      going.current = false
      const place = places.find(({ key }) => key === event.key)
      if (place) router.push(place.href)
      return
    }
    const actions: Record<string, () => void> = {
      '/': focusSearch,
      j: () => moveRow(1),
      k: () => moveRow(-1),
      x: select,
      s: sync,
      g: () => {
        going.current = true
      },
    }
    const action = actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    action()
  })

  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
