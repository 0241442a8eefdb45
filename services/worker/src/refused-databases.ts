/** The platform's own database is no source: its tables hold sealed secrets and people's sessions. */

import { SyncError } from '@aiia/core/failures/failure'

/** `host:port/database`, as far as a setting can tell. */
const placeOf = ({ host, port, database }: { host: string; port: string | number; database: string }): string => {
  const name = ['localhost', '::1', '[::1]'].includes(host.toLowerCase()) ? '127.0.0.1' : host.toLowerCase()
  return `${name}:${port || 5432}/${database}`
}

export const placeOfUrl = (url: string): string => {
  const { hostname, port, pathname } = new URL(url)
  return placeOf({ host: hostname, port, database: decodeURIComponent(pathname.slice(1)) })
}

/** @throws SyncError PERMISSION_DENIED */
export const refusePlatformDatabase = (settings: unknown, refused: readonly string[]): void => {
  if (typeof settings !== 'object' || settings === null) return
  const { host, port, database } = settings as { host?: unknown; port?: unknown; database?: unknown }
  if (typeof host !== 'string' || typeof database !== 'string') return
  if (!refused.includes(placeOf({ host, port: typeof port === 'number' ? port : 5432, database }))) return
  throw new SyncError(
    'PERMISSION_DENIED',
    'The platform’s own database is not allowed as a source. Set ALLOW_PLATFORM_DATABASE_AS_SOURCE=1 for the workers if that is really meant.',
  )
}
