/** One's own account, in the settings. */

export const you = 'You'
export const email = 'Email'
export const role = 'Role'
/** @param abilities a whole sentence */
export const roleAndAbilities = (name: string, abilities: string) => `${name}. ${abilities}`

export const passwordTitle = 'Password'
export const currentPassword = 'Current password'
export const newPassword = 'New password'
export const newPasswordHint = 'At least 8 characters.'
export const repeatedPassword = 'New password again'
export const mistyped = 'The two are not the same.'
export const notChanged = 'Not changed'
export const changePassword = 'Change password'
export const passwordChanged = 'Your password is changed'
export const passwordChangedHint = 'Other sessions of yours have ended.'
