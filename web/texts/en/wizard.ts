/** The wizard for a new connector: its frame, its first step, and what its steps have in common. */

/** Way back to the list. */
export const connectors = 'Connectors'
export const title = 'New connector'

/** To those who hear the page: the list of the steps. */
export const steps = 'Steps'
export const connectionStep = 'Connection'
export const streamsStep = 'Streams'
export const finishStep = 'Name and schedule'
/** Of a step that lies behind; heard, not seen. */
export const stepDone = 'done'

export const kindOfSource = 'Kind of source'

export const testConnection = 'Test connection'
/** To the next step. */
export const goOn = 'Continue'
/** To the step before. */
export const back = 'Back'

export const nameMissing = 'Name the connector.'
/** Above a step whose fields say themselves what is wrong. */
export const correctFields = 'Correct what is marked below.'
