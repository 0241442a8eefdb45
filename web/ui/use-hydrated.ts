'use client'
/** False on the server and in the first render of the browser, which must agree with it; true after. */

import { useSyncExternalStore } from 'react'

const never = () => () => {}

export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
