'use client'
/** Calls at most once in a while: at once, and once more at the end of the while if it was asked for meanwhile. */

import { useEffect, useEffectEvent, useRef } from 'react'

export const useSpaced = (action: () => void, everyMs: number): (() => void) => {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const again = useRef(false)
  const run = useEffectEvent(action)
  const start = useRef<() => void>(() => {})
  useEffect(() => {
    start.current = () => {
      if (timer.current !== null) {
        again.current = true
        return
      }
      run()
      timer.current = setTimeout(() => {
        timer.current = null
        if (!again.current) return
        again.current = false
        start.current()
      }, everyMs)
    }
    return () => {
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
    }
  }, [everyMs])
  return () => start.current()
}
