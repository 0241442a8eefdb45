/** The fields for a connector's limits, in its settings and where one is made. */

export const connectTimeout = 'Connect timeout, s'
export const connectTimeoutHint = 'How long the source may take to answer.'
export const attempts = 'Attempts'
export const attemptsHint = 'Of one run when it fails for a passing reason; 1 means no repeat.'
export const memory = 'Memory, MiB'
export const memoryHint = 'A run that outgrows it ends alone.'
export const longestRun = 'Longest run, s'
export const longestRunHint = 'Over all attempts. Empty: no limit.'
