/** The tab of a connector's page that changes its settings. Its limits and retention: connector-limits.ts, connector-retention.ts */

export const connection = 'Connection'
export const credentialsStored = 'Credentials are stored, sealed. They cannot be shown, only replaced.'
export const replaceCredentials = 'Replace'
export const testConnection = 'Test connection'
export const saveConnection = 'Save connection'

export const general = 'Name, limits and retention'
export const nameMissing = 'Name the connector.'
export const retention = 'Retention'
export const enabled = 'Enabled: scheduled runs fire. Sync Now works either way.'

export const deleteTitle = 'Delete'
export const deleteHint =
  'The connector and its stored credentials go. Its runs stay in the history, and the records it brought stay in the destination.'
export const deleteConnector = 'Delete connector'
export const deleteQuestion = (connector: string) => `Delete ${connector}?`
export const deleteWarning = 'This cannot be undone.'
export const typeToConfirm = (connector: string) => `Type ${connector} to confirm`
export const keep = 'Keep it'
export const deleteForGood = 'Delete for good'
export const notDeleted = (connector: string) => `${connector} was not deleted`
export const deleted = (connector: string) => `${connector} is deleted`
