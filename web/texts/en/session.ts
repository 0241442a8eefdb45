/** The form to sign in with, and why that may fail. */

export const email = 'Email'
export const emailMissing = 'Enter your email.'
export const password = 'Password'
export const passwordMissing = 'Enter your password.'
export const signIn = 'Sign in'

export const noAnswer = 'The platform does not answer. Check that it is running and try again.'
export const wrong = 'This email and password do not belong together. Check both and try again.'
/** @param seconds not above 0 where the platform does not say how long */
export const tooManyAttempts = (seconds: number) =>
  `Too many attempts. Wait ${seconds > 0 ? `${seconds} seconds` : 'a minute'} and try again.`
