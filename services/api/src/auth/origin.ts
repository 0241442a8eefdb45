/** Which pages may use a session cookie: those of this very server. */

/**
 * Browsers name the page's origin with every request that can change something and with every WebSocket; what has
 * no Origin comes from no page.
 *
 * @param host the Host header, as the client addressed us
 */
export const isSameOrigin = (origin: string | undefined | null, host: string | undefined | null): boolean => {
  if (origin == null) return true
  return host != null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}
