/** The table of runs: its headings and rows, in the history and on a connector's page. */

export const selectAll = 'Select all runs on this page'
export const run = 'Run'
export const records = 'Records'
export const duration = 'Duration'
export const trigger = 'Trigger'
/** Over when each run was asked for. */
export const queued = 'Queued'
export const select = (number: number) => `Select run #${number}`
