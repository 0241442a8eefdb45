/** The people who can sign in, in the settings, and what is asked before their access changes. */

import { formatCount } from '@/ui/format.ts'

export const title = 'People'
export const newPerson = 'New person'
export const person = 'Person'
export const role = 'Role'
export const state = 'State'
export const signedIn = 'Signed in'
export const actions = 'Actions'

/** Behind one's own name. */
export const you = '(you)'
export const active = 'Active'
export const deactivated = 'Deactivated'
/** On a phone, below the role. */
export const deactivatedNote = 'deactivated'
/** Below the state of somebody who has not chosen a password of their own yet. */
export const withGeneratedPassword = 'with a generated password'
/** In place of the time of the last sign-in. */
export const never = 'never'

export const actionsFor = (name: string) => `Actions for ${name}`
export const edit = 'Edit name and role'
export const newPassword = 'New password'
export const deactivate = 'Deactivate'
export const reactivate = 'Reactivate'
export const remove = 'Remove'

const revoked = (tokens: number): string => {
  if (tokens === 0) return ''
  return tokens === 1 ? ' One API token of theirs is revoked.' : ` ${formatCount(tokens)} API tokens of theirs are revoked.`
}

export const deactivateQuestion = (name: string) => `Deactivate ${name}?`
/** @param tokens their API tokens that are revoked by it */
export const deactivateHint = (tokens: number) =>
  `They are signed out at once and cannot sign in until somebody reactivates them.${revoked(tokens)}`
export const isDeactivated = (name: string) => `${name} is deactivated`

export const removeQuestion = (name: string) => `Remove ${name}?`
/** @param tokens their API tokens that are revoked by it */
export const removeHint = (tokens: number) =>
  `They are signed out at once and gone from this list; what they did keeps their address.${revoked(tokens)} This cannot be undone.`
export const isRemoved = (name: string) => `${name} is removed`

export const reactivateQuestion = (name: string) => `Reactivate ${name}?`
export const reactivateHint = 'They can sign in again, with a new password that you are shown once. Their tokens stay revoked.'

export const resetQuestion = (name: string) => `New password for ${name}?`
export const resetHint = 'Their password no longer holds and they are signed out everywhere. You are shown the new one once.'
export const reset = 'Make a new one'

/** The title above a password that was made. */
export const passwordOf = (name: string) => `Password of ${name}`
/** The label of the password itself. */
export const passwordFor = (email: string) => `Password of ${email}`
export const passwordHint = (name: string) => `Give it to ${name} on a way that only they see. The console asks them to choose their own.`
