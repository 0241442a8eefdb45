/** Words that stand in many places, and mean the same in each. */

export const save = 'Save'
export const cancel = 'Cancel'
export const close = 'Close'
export const done = 'Done'
export const name = 'Name'
export const status = 'Status'
export const connector = 'Connector'
export const runs = 'Runs'
/** A dialog's title: what was asked for did not happen. */
export const notSaved = 'Not saved'
/** In place of a value that is not there. */
export const none = '–'
