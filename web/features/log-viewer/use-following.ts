'use client'
/** Keeps a growing list at its end while the reader is there, and lets go when the reader scrolls up. */

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'

/** So near to the end, scrolling down means: stay there. */
const nearEndPx = 24

type List = {
  /** How many lines there are, as far as is known. */
  count: number
  /** Their height together in pixels. */
  size: number
  /** False while more lines can still be loaded at the end: those are no news to run after. */
  endIsKnown: boolean
}

export const useFollowing = (scroller: RefObject<HTMLElement | null>, { count, size, endIsKnown }: List) => {
  const [following, setFollowing] = useState(true)
  /** How many lines there were when the reader let go. */
  const [countThen, setCountThen] = useState(count)
  const lastTop = useRef(0)

  const letGo = () => {
    setFollowing(false)
    setCountThen(count)
  }

  const onScroll = useEffectEvent((element: HTMLElement) => {
    const { scrollTop, scrollHeight, clientHeight } = element
    const toEnd = scrollHeight - scrollTop - clientHeight
    if (toEnd <= 1 || (toEnd < nearEndPx && scrollTop > lastTop.current)) setFollowing(endIsKnown)
    else if (scrollTop < lastTop.current - 1) letGo()
    lastTop.current = scrollTop
  })
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const listener = () => onScroll(element)
    element.addEventListener('scroll', listener, { passive: true })
    return () => element.removeEventListener('scroll', listener)
  }, [scroller])

  // Set at once and in one step: a scroll that is carried out bit by bit would fight the reader's own.
  useLayoutEffect(() => {
    if (following) scroller.current?.scrollTo(0, scroller.current.scrollHeight)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a longer list is what moves the end away
  }, [scroller, following, count, size])

  return { following, newLines: following ? 0 : Math.max(count - countThen, 0), resume: () => setFollowing(true), letGo }
}
