/** Names of the headers by which proxy.ts speaks to the pages; set there, whatever a client sent. */

export const nonceHeader = 'x-nonce'
/** Path and query of the page that is asked for. */
export const pathHeader = 'x-page-path'
