'use client'
/** The place of the toasts: what draws them is loaded with the first of them. */

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { onToastWaiting } from './toasts.ts'

const ToastList = dynamic(() => import('./ToastList.tsx').then((module) => module.ToastList), { ssr: false })

export const Toasts = () => {
  const [wanted, setWanted] = useState(false)
  useEffect(() => onToastWaiting(() => setWanted(true)), [])
  return wanted && <ToastList />
}
