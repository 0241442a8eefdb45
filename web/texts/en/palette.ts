/** The command palette, which ⌘K opens: what can be found in it, and the keys that it tells of. */

export const inputLabel = 'Connector, run number or action'
export const nothingFound = (text: string) => `Nothing is called “${text}”.`

export const openRun = (number: string) => `Open run #${number}`
export const connectorsHeading = 'Connectors'
export const actionsHeading = 'Actions'
export const addConnector = 'Add a connector'
export const syncNow = (connector: string) => `Sync now: ${connector}`
export const failuresHeading = 'Failures explained'
export const failure = (title: string, code: string) => `${title} (${code})`
export const placesHeading = 'Go to'

/** What a key does; each of these stands behind its key. */
export const keyChoose = 'choose'
export const keySearch = 'search'
export const keyRows = 'rows'
export const keySelect = 'select'
export const keySync = 'sync'
export const keyGo = 'go'
