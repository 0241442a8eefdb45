/** The forms of a new person and of one that is there, in the settings. */

export const newTitle = 'New person'
export const newHint = 'They sign in with this address and a password that you are shown once. No mail is sent.'
export const nameExample = 'Ada Lovelace'
export const email = 'Email'
export const emailExample = 'ada@example.com'
export const role = 'Role'
export const notMade = 'The person was not made'
export const create = 'Create person'

export const editTitle = (name: string) => `Edit ${name}`
export const ownRoleHint = 'Your own role is for another administrator to change.'
export const roleHint = 'It takes effect at once. Tokens of theirs that could do more are revoked.'
export const isSaved = (name: string) => `${name} is saved`
