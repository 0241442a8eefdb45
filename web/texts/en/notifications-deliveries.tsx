/** What was sent through a channel of notifications. */

import type { ReactNode } from 'react'
import type { DeliveryState } from '@/graphql/generated/graphql.ts'

export const title = (name: string) => `Deliveries of ${name}`
export const hint = 'The last 50, kept for 30 days.'
export const emptyTitle = 'Nothing was sent yet'
export const emptyHint = 'The next event that this channel tells of is listed here. A test is, too.'

export const stateNames: Record<DeliveryState, string> = { DELIVERED: 'Delivered', FAILED: 'Given up', PENDING: 'To be sent' }
/** @param time such as "in 2m" */
export const nextAttempt = (attempt: number, time: ReactNode) => (
  <>
    Attempt {attempt}: {time}
  </>
)
/** When it was asked for, and how often it was tried. */
export const timeAndAttempts = (time: ReactNode, attempts: number) => (
  <>
    {time}
    {attempts > 1 && `, ${attempts} attempts`}
  </>
)
