'use client'
/** For parts that can wait until everything else works: false until the browser has nothing better to do. */

import { useEffect, useState } from 'react'
import { whenIdle } from './when-idle.ts'

/** By then at the latest. */
const atLatestMs = 1_000

export const useIdle = (): boolean => {
  const [idle, setIdle] = useState(false)
  useEffect(() => whenIdle(() => setIdle(true), atLatestMs), [])
  return idle
}
