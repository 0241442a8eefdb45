'use client'
/** Takes the focus along when a part of the page makes room for another, since what had it is gone. */

import { type RefObject, useEffect, useRef } from 'react'

const focusable = ':is(input, textarea, button, [tabindex]):not([tabindex="-1"], [disabled], [hidden], [aria-hidden="true"])'

/**
 * Focuses the control that leads back (`data-leads-to`), else what is marked as wrong, else the first control.
 *
 * @param part names what is shown; nothing is focused when it is shown first
 * @returns where the parts take turns
 */
export const useFocusIn = (part: string): RefObject<HTMLDivElement | null> => {
  const place = useRef<HTMLDivElement>(null)
  const shown = useRef(part)
  useEffect(() => {
    if (shown.current === part) return
    const leadsBack = `[data-leads-to="${CSS.escape(shown.current)}"]`
    shown.current = part
    const [control] = [leadsBack, `[aria-invalid="true"]${focusable}`, focusable].flatMap(
      (which) => place.current?.querySelector<HTMLElement>(which) ?? [],
    )
    control?.focus()
  }, [part])
  return place
}
