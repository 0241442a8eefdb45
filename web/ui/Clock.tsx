'use client'
/**
 * The time as the server sees it, ticking. The first render, on the server and in the browser, uses the moment the
 * server rendered at, so both agree; a browser whose clock is wrong still shows right ages and durations.
 */

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react'

type Clock = { renderedAt: number; skew: number }

const ClockContext = createContext<Clock>({ renderedAt: 0, skew: 0 })

export const ClockProvider = ({ renderedAt, children }: { renderedAt: number; children: ReactNode }) => {
  const [clock] = useState(() => ({ renderedAt, skew: typeof window === 'undefined' ? 0 : skewOf(renderedAt) }))
  return <ClockContext value={clock}>{children}</ClockContext>
}

/** Small differences are the page's way over the network. */
const skewOf = (renderedAt: number): number => {
  const seen = renderedAt - Date.now()
  return Math.abs(seen) < 1_500 ? 0 : seen
}

const everySecond = (listener: () => void): (() => void) => {
  const timer = setInterval(listener, 1000)
  return () => clearInterval(timer)
}

/** Milliseconds since 1970 by the server's clock, renewed every `resolutionMs`. */
export const useNow = (resolutionMs = 1000): number => {
  const { renderedAt, skew } = useContext(ClockContext)
  return useSyncExternalStore(
    everySecond,
    () => Math.floor((Date.now() + skew) / resolutionMs) * resolutionMs,
    () => renderedAt,
  )
}
