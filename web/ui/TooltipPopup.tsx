'use client'
/** What a tooltip looks like, and where it goes, as long as it is there. Loaded with the first that is wanted. */

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ComponentProps, PointerEventHandler, ReactNode } from 'react'

export type TooltipPopupProps = {
  anchor: Pick<Element, 'getBoundingClientRect'>
  /** Escape, or a press elsewhere. */
  onClose: () => void
  onPointerEnter: PointerEventHandler
  onPointerLeave: PointerEventHandler
  id?: string
  side?: ComponentProps<typeof Base.Positioner>['side']
  children: ReactNode
}

export const TooltipPopup = ({ anchor, onClose, id, side = 'top', children, ...pointer }: TooltipPopupProps) => (
  <Base.Root open onOpenChange={onClose}>
    <Base.Portal>
      <Base.Positioner anchor={anchor} side={side} sideOffset={6} collisionPadding={8} className="z-50">
        <Base.Popup
          id={id}
          role="tooltip"
          {...pointer}
          className="max-w-80 rounded-md bg-primary px-2 py-1 text-xs text-on-primary shadow-raised transition-opacity duration-100 data-starting-style:opacity-0"
        >
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)
