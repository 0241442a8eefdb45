'use client'
/** Puts what happens on a page before its title, for who has it in the background. */

import { useEffect } from 'react'

/** @param title the page's own, which its head may set again while it becomes alive, or as it is refreshed */
export const useLiveTitle = (title: string, happening: string): void => {
  useEffect(() => {
    const live = `${happening} · ${title}`
    document.title = live
    const head = new MutationObserver(() => {
      if (document.title === title) document.title = live
    })
    head.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => head.disconnect()
  }, [title, happening])
}
