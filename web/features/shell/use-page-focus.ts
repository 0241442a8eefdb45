'use client'
/** Takes the focus along to the next page, when the link that led there is gone with its own. */

import { usePathname } from 'next/navigation'
import { type RefObject, useEffect, useRef } from 'react'

/** @returns for the place of the pages: whoever goes on by Tab starts at its top, not where the browser thinks they were */
export const usePageFocus = (): RefObject<HTMLElement | null> => {
  const pathname = usePathname()
  const place = useRef<HTMLElement>(null)
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    if (document.activeElement === document.body) place.current?.focus({ preventScroll: true })
  }, [pathname])
  return place
}
