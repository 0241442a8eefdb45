/** The frame around all pages of the settings, and the dialogs that they share. */

export const title = 'Settings'
export const description = 'Who may come in, who is told of what, and how long things are kept.'
/** Names the row of pages. */
export const pages = 'Settings'
export const tokens = 'API tokens'
export const people = 'People'
export const notifications = 'Notifications'
export const retention = 'Retention'
export const auditLog = 'Audit log'
export const account = 'Your account'

/** Of a question: the button that leaves everything as it is. */
export const notNow = 'Not now'
/** Above the reason why what was asked for did not happen. */
export const notDone = 'Not done'
/** Below a secret, above where it belongs. */
export const shownOnce = 'You will not see it again'
