/** How a Connection Test went, and why a source could not be asked. */

export const asking = 'Asking a worker to connect…'
/** @param latencyMs how long the source took to answer; null when that is not known */
export const connected = (latencyMs: number | null) => (latencyMs === null ? 'Connected' : `Connected in ${latencyMs} ms`)
export const notConnected = 'The connection could not be made.'

export const rootCause = 'Root cause'
export const resolution = 'Resolution'
