'use client'
/** Words that explain themselves in place: on hover, on focus and on tap; Escape or a press elsewhere puts the text away. */

import { mergeProps } from '@base-ui/react/merge-props'
import clsx from 'clsx'
import { cloneElement, type MouseEvent, type ReactElement, type ReactNode, useId } from 'react'
import { LazyTooltipPopup } from './Tooltip.tsx'
import { useTooltip } from './use-tooltip.ts'

type Props = {
  /** A sentence or two; nothing that could be clicked. */
  meaning: ReactNode
  /** Instead of a word without a function: a link, which is followed when it is pressed. */
  render?: ReactElement<Record<string, unknown>>
  className?: string
  children: ReactNode
}

const underline = 'underline decoration-line-strong decoration-dotted underline-offset-3 hover:decoration-current'

export const Explained = ({ meaning, render, className, children }: Props) => {
  const { trigger, popup, openAt, close } = useTooltip()
  const id = useId()
  const word = (
    // No button: there is nothing to do with a word, and a heading stays a heading.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its explanation must be reachable by keyboard
    <span tabIndex={0} className={clsx('cursor-help', typeof children === 'string' && underline)} />
  )
  const place = render ?? word
  // What leads somewhere leads there when it is pressed; a word has nothing better to do than to explain itself.
  const press = render ? { onPointerDown: close } : { onClick: ({ currentTarget }: MouseEvent) => openAt(currentTarget) }
  const props = {
    ...trigger,
    ...press,
    'aria-describedby': popup.open ? id : undefined,
    className: clsx('rounded-sm', className),
    children,
  }
  return (
    <>
      {cloneElement(place, mergeProps(props, place.props))}
      <LazyTooltipPopup {...popup} id={id}>
        {meaning}
      </LazyTooltipPopup>
    </>
  )
}
