/** What stands above every page while the platform is paused. */

import type { ReactNode } from 'react'

export const paused = 'Paused for maintenance'
export const pausedBecause = (reason: string) => `Paused: ${reason}`
/** The link to the page where it is resumed. */
export const system = 'System'
/** @param page the link @param since such as "3h ago" */
export const pausedHint = (page: ReactNode, by: string, since: ReactNode) => (
  <>
    Runs wait and schedules do not fire until it is resumed under {page}. By {by}, {since}.
  </>
)
