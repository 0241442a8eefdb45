'use client'
/** A short text beside what the pointer or the focus is on; never the only place of an information. */

import { mergeProps } from '@base-ui/react/merge-props'
import dynamic from 'next/dynamic'
import { cloneElement, type ReactElement, type ReactNode } from 'react'
import type { TooltipPopupProps } from './TooltipPopup.tsx'
import { useTooltip } from './use-tooltip.ts'

const Popup = dynamic(() => import('./TooltipPopup.tsx').then((module) => module.TooltipPopup), { ssr: false })

/** Nothing is loaded before something is to be shown. It goes without a movement: the next one may be there already. */
export const LazyTooltipPopup = ({
  open,
  anchor,
  ...rest
}: Omit<TooltipPopupProps, 'anchor'> & { open: boolean; anchor: TooltipPopupProps['anchor'] | null }) =>
  open && anchor && <Popup anchor={anchor} {...rest} />

/** `children` is one element that takes the props of an element, such as a button. */
export const Tooltip = ({
  content,
  children,
  side = 'top',
  followsPointer,
}: {
  content: ReactNode
  children: ReactElement<Record<string, unknown>>
  side?: 'top' | 'bottom'
  /** From left to right, over something wide whose parts differ. */
  followsPointer?: boolean
}) => {
  const { trigger, popup, close } = useTooltip(followsPointer)
  return (
    <>
      {cloneElement(children, mergeProps({ ...trigger, onPointerDown: close }, children.props))}
      <LazyTooltipPopup {...popup} side={side}>
        {content}
      </LazyTooltipPopup>
    </>
  )
}
