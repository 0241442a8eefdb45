/** Where the platform does not answer, or not as it should, whatever was asked. */

export const noAnswer = 'The platform does not answer. Check your connection and try again.'
export const noReason = 'The platform gave no reason.'

export const pageTitle = 'This page could not be loaded'
export const pageHint = 'The platform did not answer as it should. Usually it is starting, and a second try works.'
/** @param digest names the error in the log of the server that draws the pages */
export const pageReference = (digest: string) => `Reference ${digest}: the console’s log says more.`
export const tryAgain = 'Try again'
