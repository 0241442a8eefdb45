/** Last step of the wizard for a new connector: name, schedule, limits. */

export const nameHint = 'How the connector is called everywhere, in logs too.'
/** Such a name as a connector could have. */
export const namePlaceholder = 'SAP ERP DB'
export const schedule = 'Schedule'
export const limits = 'Limits'
export const syncAtOnce = 'Sync at once after creating'
export const notCreated = 'The connector was not created'
export const create = 'Create connector'
