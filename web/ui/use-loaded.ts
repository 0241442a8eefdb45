'use client'
/** Buttons that open something: their library is fetched when the pointer or the focus comes, and takes over at the first press. */

import { type ComponentType, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

// Without a connection, which the console says for itself, the next press tries again.
const ignore = () => {}

/** @param load gives the component that takes over, which opens by itself: it was asked for */
export const useLoaded = <Props extends object>(load: () => Promise<ComponentType<Props>>) => {
  const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(null)
  const fetch = (): void => void load().catch(ignore)
  const open = (): void => void load().then((component) => setLoaded(() => component), ignore)
  return {
    /** Null before the first press. */
    Loaded,
    /** For the button until then. */
    button: {
      'aria-expanded': false,
      onPointerEnter: fetch,
      onFocus: fetch,
      onClick: open,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
        event.preventDefault()
        open()
      },
    },
  }
}

/** @returns for the button of what has taken over: it has the focus, and is pressed once more */
export const useOpening = (): RefObject<HTMLButtonElement | null> => {
  const button = useRef<HTMLButtonElement>(null)
  const pressed = useRef(false)
  useEffect(() => {
    // In development effects run twice.
    if (pressed.current) return
    pressed.current = true
    button.current?.focus()
    button.current?.click()
  }, [])
  return button
}
