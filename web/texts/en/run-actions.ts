/** Starting a run, from whatever screen, and why that was refused. */

export const syncNow = 'Sync Now'
export const syncing = 'Syncing…'
/** The name of a button that shows only an icon. */
export const syncNowOf = (connector: string) => `Sync Now ${connector}`

export const started = (connector: string) => `${connector} is syncing`
/** A toast's title: what was asked for was refused. */
export const notSynced = (connector: string) => `${connector} was not synced`
/** The button of a toast: leads to the run that was started, or that is in the way. */
export const openRun = (number: number) => `Open run #${number}`
