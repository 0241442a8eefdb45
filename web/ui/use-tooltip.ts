'use client'
/** When a tooltip comes and goes: after a moment by pointer, at once by focus. It stays while the pointer is on it. */

import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from 'react'

const opensAfterMs = 350
/** Who goes from one to the next is not kept waiting again. */
const goesOnMs = 400
/** Enough for the way of the pointer into the text. */
const closesAfterMs = 120

let lastClosedAt = Number.NEGATIVE_INFINITY

/** A place to put it: an element, or a point. */
type Anchor = Pick<Element, 'getBoundingClientRect'>

/** @param followsPointer the text goes along from left to right, over something wide whose parts differ */
export const useTooltip = (followsPointer = false) => {
  const [open, setOpen] = useState(false)
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const soon = (afterMs: number, act: () => void): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(act, afterMs)
  }
  const close = (): void => {
    clearTimeout(timer.current)
    if (open) lastClosedAt = performance.now()
    setOpen(false)
  }
  const openAt = (element: Element): void => {
    clearTimeout(timer.current)
    setAnchor((now) => (followsPointer && now !== null ? now : element))
    setOpen(true)
  }
  const leave = ({ pointerType }: PointerEvent): void => {
    // A finger leaves as soon as it has tapped.
    if (pointerType !== 'touch') soon(closesAfterMs, close)
  }
  return {
    /** For the element that is explained. */
    trigger: {
      onPointerEnter: ({ currentTarget, pointerType }: PointerEvent) => {
        if (pointerType === 'touch') return
        const goesOn = performance.now() - lastClosedAt < goesOnMs
        soon(open || goesOn ? 0 : opensAfterMs, () => openAt(currentTarget))
      },
      onPointerMove: followsPointer
        ? ({ currentTarget, clientX }: PointerEvent) =>
            setAnchor({
              getBoundingClientRect: () => {
                const { top, height } = currentTarget.getBoundingClientRect()
                return new DOMRect(clientX, top, 0, height)
              },
            })
        : undefined,
      onPointerLeave: leave,
      onFocus: ({ currentTarget }: FocusEvent) => {
        if (currentTarget.matches(':focus-visible')) openAt(currentTarget)
      },
      onBlur: close,
    },
    /** For the text itself. */
    popup: { open, anchor, onClose: close, onPointerEnter: () => clearTimeout(timer.current), onPointerLeave: leave },
    openAt,
    close,
  }
}
