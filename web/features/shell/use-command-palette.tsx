'use client'
/** The command palette and the ways to open it: a button, and ⌘K. It is loaded once the page has come to rest. */

import dynamic from 'next/dynamic'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import * as t from '@/texts/shell.ts'
import { whenIdle } from '@/ui/when-idle.ts'

const load = () => import('./CommandPalette.tsx')

const CommandPalette = dynamic(() => load().then((module) => module.CommandPalette), {
  ssr: false,
  // A dialog is open already, so that what is typed meanwhile is no shortcut.
  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it stands in for one that is a div as well
  loading: () => <div role="dialog" aria-label={t.paletteTitle} aria-busy className="sr-only" />,
})

export const useCommandPalette = (): { palette: ReactNode; openPalette: () => void } => {
  const [open, setOpen] = useState(false)
  /** It stays once it was opened, so that it can fade away. */
  const [asked, setAsked] = useState(false)
  const change = (next: boolean) => {
    setOpen(next)
    if (next) setAsked(true)
  }
  const toggle = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'k' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    change(!open)
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => toggle(event)
    document.addEventListener('keydown', listener)
    // Where that fails it is loaded when it is opened.
    let callOff = () => {}
    const resting = setTimeout(() => {
      callOff = whenIdle(() => void load().catch(() => undefined), Number.POSITIVE_INFINITY)
    }, 2_000)
    return () => {
      document.removeEventListener('keydown', listener)
      clearTimeout(resting)
      callOff()
    }
  }, [])
  return { palette: asked && <CommandPalette open={open} onOpenChange={change} />, openPalette: () => change(true) }
}
