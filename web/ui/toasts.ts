/** Brief answers to what a person did, added from anywhere. They wait until what draws them is there. */

import type { ToastManagerAddOptions } from '@base-ui/react/toast'

type Toast = ToastManagerAddOptions<object>

let waiting: Toast[] = []
let draw: ((toast: Toast) => void) | null = null
const listeners = new Set<() => void>()

export const toasts = {
  add: (toast: Toast): void => {
    if (draw) return draw(toast)
    waiting = [...waiting, toast]
    for (const listener of listeners) listener()
  },
}

/** Hands over what waits and what comes, until the returned function is called. */
export const drawToasts = (drawOne: (toast: Toast) => void): (() => void) => {
  draw = drawOne
  for (const toast of waiting) draw(toast)
  waiting = []
  return () => {
    draw = null
  }
}

export const onToastWaiting = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
