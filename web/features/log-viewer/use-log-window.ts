'use client'
/** Ties a window into a long list to the element that scrolls: what is measured goes in, where to scroll comes out. */

import { type RefObject, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { createLogWindow, type LogWindow, type Slice } from './log-window.ts'

/** Where a browser does not tell that a scroll has ended: without one for so long, the reader has stopped. */
const restMs = 150

type List = {
  count: number
  endIsKnown: boolean
  /** What the rows show; another one has other rows. */
  rowsOf: object
  /** Rows of one line need no measuring. */
  wrap: boolean
}

type Elements = {
  scroller: RefObject<HTMLElement | null>
  /** Its children are the rows of the slice, each with its `data-index`. */
  rows: RefObject<HTMLElement | null>
}

function* heightsOf(rows: HTMLElement): Generator<[index: number, height: number]> {
  for (const row of rows.children) if (row instanceof HTMLElement) yield [Number(row.dataset['index']), row.getBoundingClientRect().height]
}

export const useLogWindow = ({ scroller, rows }: Elements, { count, endIsKnown, rowsOf, wrap }: List): [LogWindow, Slice] => {
  const [view] = useState(() => createLogWindow({ count, endIsKnown }))
  const slice = useSyncExternalStore(view.subscribe, view.slice, view.slice)
  useLayoutEffect(() => view.setList({ count, endIsKnown }), [view, count, endIsKnown])
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- other rows, or another look, have other heights
  useLayoutEffect(() => view.forgetHeights(), [view, rowsOf, wrap])

  useLayoutEffect(() => {
    const [element, list] = [scroller.current, rows.current]
    if (element === null || list === null) return
    let width = element.clientWidth
    view.resized(element.clientHeight)
    let frame = 0
    // Also tells of a typeface that has arrived. In a frame of its own: what it changes is observed too.
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        if (element.clientWidth !== width) view.forgetHeights()
        width = element.clientWidth
        view.resized(element.clientHeight)
        if (wrap) view.measured(heightsOf(list))
      })
    })
    observer.observe(element)
    observer.observe(list)
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
    }
  }, [view, scroller, rows, wrap])

  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const onScroll = () => {
      view.scrolled(element.scrollTop)
      if ('onscrollend' in window) return
      clearTimeout(timer)
      timer = setTimeout(view.rested, restMs)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    element.addEventListener('scrollend', view.rested)
    return () => {
      clearTimeout(timer)
      element.removeEventListener('scroll', onScroll)
      element.removeEventListener('scrollend', view.rested)
    }
  }, [view, scroller])

  const told = useRef<number | null>(null)
  useLayoutEffect(() => {
    const [element, list] = [scroller.current, rows.current]
    if (element === null || list === null) return
    // What was news is rendered at once, and leads here again.
    if (wrap && view.measured(heightsOf(list))) return
    const isNew = slice.scrollTop !== null && slice.scrollTop !== told.current
    told.current = slice.scrollTop
    if (!isNew || slice.scrollTop === null) return
    const isLast = element.scrollTop >= element.scrollHeight - element.clientHeight - 1
    // The reader has begun to scroll, and the event that tells of it is still on its way.
    if (!isLast && Math.abs(element.scrollTop - view.scrollTop()) >= 1) return view.scrolled(element.scrollTop)
    element.scrollTop = slice.scrollTop
    view.placed(element.scrollTop)
  })

  return [view, slice]
}
