'use client'
/** A value that follows another one once that has stood still for a moment. */

import { useEffect, useState } from 'react'

export const useDebounced = <T>(value: T, ms = 180): T => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
