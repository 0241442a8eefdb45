/** The console's settings, read once: where its server-side rendering asks the API. */

/** The API's own address, reached from this process, not from the browser. */
export const apiUrl = process.env['API_URL'] ?? 'http://127.0.0.1:3000'

export const development = process.env.NODE_ENV === 'development'
