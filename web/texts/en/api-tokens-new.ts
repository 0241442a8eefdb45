/** The form of a new API token, and the token that it makes. */

export const title = 'New API token'
export const hint = 'For scripts and schedulers that drive the platform.'
export const nameHint = 'What will use it, so that it can be found when it has to go.'
export const nameExample = 'Nightly export'
export const role = 'Role'
export const expiresAfter = 'Expires after'
export const days = (count: number) => `${count} days`
export const oneYear = 'One year'
export const untilRevoked = 'Until it is revoked'
export const notMade = 'The token was not made'
export const create = 'Create token'

export const madeTitle = (name: string) => `Token ${name}`
/** The label of the token itself. */
export const apiToken = 'API token'
export const madeHint = 'Put it where its client reads its secrets. The platform keeps a hash only; a lost token is revoked and made anew.'
