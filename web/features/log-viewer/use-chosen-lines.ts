'use client'
/** The lines that the address names, `#L120-L140`, and the line that is to be brought into view. */

import { useEffect, useState } from 'react'
import { chooseLine, type LineRange, parseRange, printRange } from './line-range.ts'

export type ChosenLines = {
  range: LineRange | null
  /** Takes a line, and into the address; with `stretch`, up to it from what is chosen. */
  choose(seq: number, stretch?: boolean): void
  /** A line to show as soon as it can be; null once it is shown. */
  target: number | null
  show(seq: number | null): void
}

export const useChosenLines = (): ChosenLines => {
  const [range, setRange] = useState<LineRange | null>(null)
  const [target, show] = useState<number | null>(null)
  useEffect(() => {
    const readAddress = () => {
      const named = parseRange(window.location.hash)
      setRange(named)
      if (named) show(named.from)
    }
    readAddress()
    window.addEventListener('hashchange', readAddress)
    return () => window.removeEventListener('hashchange', readAddress)
  }, [])
  const choose = (seq: number, stretch = false) => {
    const next = chooseLine(range, seq, stretch)
    setRange(next)
    window.history.replaceState(null, '', printRange(next))
  }
  return { range, choose, target, show }
}
