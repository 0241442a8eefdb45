/** Where signing in happens, and where it leads back to. */

const home = '/admin/connectors'

export const loginPath = (next: string): string =>
  next === home || next === '/admin' || next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`

/** Only a path of this console: never another origin, whatever a link says. */
export const pathAfterLogin = (next: string | undefined): string => {
  if (next === undefined || !next.startsWith('/') || next.startsWith('/login')) return home
  const url = new URL(next, 'http://console.invalid')
  return url.host === 'console.invalid' ? url.pathname + url.search + url.hash : home
}
