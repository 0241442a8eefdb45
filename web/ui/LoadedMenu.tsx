'use client'
/** A menu with its library, which is loaded with the first that is opened. */

import { Menu as Base } from '@base-ui/react/menu'
import { type MenuProps, menuPopupClass, Parts } from './Menu.tsx'
import { useOpening } from './use-loaded.ts'

export const LoadedMenu = ({ trigger, children, align = 'start', side = 'bottom' }: MenuProps) => {
  const button = useOpening()
  return (
    <Parts value={Base}>
      <Base.Root>
        <Base.Trigger ref={button} render={trigger} />
        <Base.Portal>
          <Base.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-50">
            <Base.Popup className={menuPopupClass}>{children}</Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Parts>
  )
}
