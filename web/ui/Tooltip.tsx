'use client'
/** A short text beside what the pointer or the focus is on; never the only place of an information. */

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Base.Provider delay={350} closeDelay={0}>
    {children}
  </Base.Provider>
)

/** `children` is one element that takes a ref and props, such as a button. */
export const Tooltip = ({
  content,
  children,
  side = 'top',
}: {
  content: ReactNode
  children: ReactElement
  side?: 'top' | 'bottom' | 'right'
}) => (
  <Base.Root>
    <Base.Trigger render={children} />
    <Base.Portal>
      <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-50">
        <Base.Popup className="max-w-72 rounded-md bg-primary px-2 py-1 text-xs text-on-primary shadow-raised transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
          {content}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)
