/** The tokens of automation clients, in the settings. */

import type { ReactNode } from 'react'
import type { ApiTokenState } from '@/graphql/generated/graphql.ts'

export const title = 'API tokens'
export const newToken = 'New token'
export const emptyTitle = 'No token is active'
/** Above an example of a request. */
export const emptyHint =
  'A token lets a script or a scheduler do what a person of its role may do, without signing in. Make one, then ask for the newest runs:'

export const token = 'Token'
export const role = 'Role'
export const state = 'State'
export const lastUsed = 'Last used'
export const created = 'Created'
export const actions = 'Actions'

/** In place of the beginning of a token: it is the one that the variable ADMIN_TOKEN holds. */
export const givenBySettings = 'as given by ADMIN_TOKEN'
export const stateNames: Record<ApiTokenState, string> = { ACTIVE: 'Active', EXPIRED: 'Expired', REVOKED: 'Revoked' }
export const doesNotExpire = 'does not expire'
/** @param time such as "in 5h" */
export const expires = (time: ReactNode) => <>expires {time}</>
/** In place of the time of its last use. */
export const never = 'never'
export const createdBy = (person: string) => `by ${person}`

export const hideEnded = 'Hide those that have ended'
export const showEnded = (count: number) => `Show ${count} that ${count === 1 ? 'has' : 'have'} ended`

export const usageTitle = 'Use a token'
export const usageHint = 'Send it with each request. The command line takes it from AIIA_TOKEN too.'
/** Names the lines to copy. */
export const example = 'Example'

export const revoke = 'Revoke'
export const revokeOf = (name: string) => `Revoke ${name}`
export const revokeQuestion = (name: string) => `Revoke ${name}?`
/** @param prefix how the token begins, where that is known */
export const revokeHint = (prefix: string | null) =>
  `Whatever uses ${prefix === null ? 'it' : `${prefix}…`} is refused from now on, and what it watches ends within seconds. This cannot be undone.`
export const isRevoked = (name: string) => `${name} is revoked`
