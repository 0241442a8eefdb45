/** Which places of the console help against which failure. */

import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/run-failure.tsx'

type Failure = NonNullable<RunDetailFragment['failure']>

/** Failures of which a Connection Test tells whether they are over. */
const testable = new Set([
  'CONNECTION_TIMEOUT',
  'CONNECTION_REFUSED',
  'HOST_NOT_FOUND',
  'TLS_FAILED',
  'CONNECTION_LOST',
  'INVALID_CREDENTIALS',
  'PERMISSION_DENIED',
  'PROTOCOL_ERROR',
  'SOURCE_UNAVAILABLE',
])

export const isTestable = ({ code }: Failure): boolean => testable.has(code)

/** Failures of the platform’s own parts. */
export const isOfPlatform = ({ code }: Failure): boolean => code === 'WORKER_LOST' || code === 'DESTINATION_UNAVAILABLE'

const limits: Record<string, { label: string; field: string }> = {
  CONNECTION_TIMEOUT: { label: t.raiseConnectTimeout, field: 'limits.connectTimeoutSeconds' },
  RUN_TIMEOUT: { label: t.raiseDuration, field: 'limits.maxDurationSeconds' },
  OUT_OF_MEMORY: { label: t.raiseMemory, field: 'limits.memoryMb' },
}

export const streamPath = (connectorId: string, stream: string): string =>
  `/admin/connectors/${connectorId}?tab=streams&stream=${encodeURIComponent(stream)}`

export const connectionPath = (connectorId: string): string => `/admin/connectors/${connectorId}?tab=settings`

/** The very field of the limit that was met; null where none was. */
export const limitRemedy = (connectorId: string, { code, stream }: Failure): { label: string; href: string } | null => {
  if (code === 'ROWS_REJECTED' && stream !== null)
    return { label: t.raiseRejectLimit, href: `${streamPath(connectorId, stream)}&field=rejectLimit` }
  const limit = limits[code]
  return limit ? { label: limit.label, href: `${connectionPath(connectorId)}&field=${limit.field}` } : null
}
