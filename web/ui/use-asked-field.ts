'use client'
/** Goes to the form field that the address asks for, `?field=limits.memoryMb`: whoever was led here can type at once. */

import { useEffect } from 'react'

export const useAskedField = (): void => {
  useEffect(() => {
    const address = new URL(window.location.href)
    const asked = address.searchParams.get('field')
    if (asked === null) return
    // Once: what is saved draws the form anew. The router has to be there first, since it keeps its own notes with an address.
    address.searchParams.delete('field')
    queueMicrotask(() => window.history.replaceState(null, '', address))
    const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(asked)}"] :is(input, textarea, button)`)
    field?.focus({ preventScroll: true })
    field?.scrollIntoView({ block: 'center' })
  }, [])
}
