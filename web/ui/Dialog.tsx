'use client'
/** A question or a form over the page. */

import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  /** Buttons, the one that acts last. */
  actions?: ReactNode
  className?: string
  children?: ReactNode
}

const Loaded = dynamic(() => import('./LoadedDialog.tsx').then((module) => module.LoadedDialog), { ssr: false })

export const Dialog = (props: DialogProps) => {
  // Once opened it stays, so that it can close with a movement and give the focus back.
  const [wanted, setWanted] = useState(props.open)
  if (props.open && !wanted) setWanted(true)
  return wanted && <Loaded {...props} />
}
