/** Where a connector connects to and with what: settings and credentials, by the schemas of its kind. */

import { isDeepStrictEqual } from 'node:util'
import type { ConnectorKind } from '@aiia/connectors/kinds'
import { check, type Problems } from './parse.ts'

/** Credentials without any entry are none. */
export type Credentials = Record<string, unknown> | null

export const checkSettings = (kind: ConnectorKind, settings: unknown, problems: Problems): Record<string, unknown> | undefined =>
  check(kind.settings.strict(), settings, ['settings'], problems)

export const checkCredentials = (kind: ConnectorKind, credentials: unknown, problems: Problems): Credentials | undefined => {
  const parsed = check(kind.credentials.strict(), credentials ?? {}, ['credentials'], problems)
  if (parsed === undefined) return undefined
  return Object.values(parsed).some((value) => value !== undefined) ? parsed : null
}

/**
 * Credentials are for the place they were given for: a changed host must not be sent the password of the former one.
 *
 * @param given whether the input brings credentials of its own
 */
export const checkTarget = (
  kind: ConnectorKind,
  { before, after, given }: { before: unknown; after: unknown; given: boolean },
  problems: Problems,
): void => {
  if (given || isDeepStrictEqual(kind.targetOf(before), kind.targetOf(after))) return
  problems['credentials'] = 'The connector is to connect to another place, so its credentials must be given again.'
}
