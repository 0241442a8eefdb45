/** The list's variables, the same for the server's rendering and the browser. */

const pageSize = 50

export const connectorPage = (search: string, pages: number) => ({ first: pageSize * pages, search: search || null })
