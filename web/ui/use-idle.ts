'use client'
/** For parts that can wait until everything else works: false until the browser has nothing better to do. */

import { useEffect, useState } from 'react'

/** By then at the latest. */
const atLatestMs = 1_000

export const useIdle = (): boolean => {
  const [idle, setIdle] = useState(false)
  useEffect(() => {
    const come = () => setIdle(true)
    // Safari cannot tell when it is idle.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(come, atLatestMs)
      return () => clearTimeout(timer)
    }
    const handle = requestIdleCallback(come, { timeout: atLatestMs })
    return () => cancelIdleCallback(handle)
  }, [])
  return idle
}
