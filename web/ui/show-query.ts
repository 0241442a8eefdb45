/** Changes the query of the address without asking the server for the page again: the screen itself asks for what is new. */

export const showQuery = (query: string): void => window.history.pushState(null, '', query === '' ? window.location.pathname : `?${query}`)
