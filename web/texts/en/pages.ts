/** What the server alone writes: the titles of the pages, the page to sign in, and the one where there is nothing. */

/** The language of these texts, for browsers and screen readers. */
export const language = 'en'

export const productName = 'AIIA Data Refresh'
/** Behind the title of a page, which stands for `%s`. */
export const titleTemplate = '%s · AIIA'
export const productDescription = 'Data Refresh Jobs: watch every sync live, and trust it afterwards.'

export const connectors = 'Connectors'
export const newConnector = 'New connector'
export const jobHistory = 'Job History'
export const run = (number: string) => `Run #${number}`
export const system = 'System'
export const failures = 'Failures explained'
export const account = 'Your account'
export const apiTokens = 'API tokens'
export const people = 'People'
export const notifications = 'Notifications'
export const retention = 'Retention'
export const auditLog = 'Audit log'

export const signIn = 'Sign in'
export const signInHeading = 'Sign in to AIIA'
export const signInSubheading = 'Data Refresh console'
export const firstLoginHint = 'The first administrator’s login was printed when the platform was started for the first time.'

export const notFoundTitle = 'There is nothing at this address'
export const notFoundHint = 'It may have been deleted, or the link may be incomplete.'
export const goToConnectors = 'Go to Connectors'
