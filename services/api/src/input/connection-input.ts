/** Where to connect for a test or a discovery: given whole, or taken from a connector where the input omits it. */

import type { ConnectorKind } from '@aiia/connectors/kinds'
import type { SecretBox } from '@aiia/kit/secret-box'
import type { Prisma } from '@aiia/prisma/client'
import { badInput } from '../errors.ts'
import { kindNamed, storedKind } from '../schema/kinds.ts'
import type { Connection } from '../source-question.ts'
import { type Credentials, checkCredentials, checkSettings, checkTarget } from './connection.ts'
import { connectTimeoutSchema } from './connector-parts.ts'
import { check, type Problems, refuseIf } from './parse.ts'

type Connector = Prisma.ConnectorGetPayload<object>

type Given = {
  kind?: string | null | undefined
  settings?: unknown
  credentials?: unknown
  connectTimeoutSeconds?: number | null | undefined
}

/**
 * @param connector whose settings and credentials fill in; null for a connection that is new
 * @throws BAD_USER_INPUT
 */
export const parseConnection = ({ secretBox }: { secretBox: SecretBox }, connector: Connector | null, input: Given): Connection => {
  const kind = kindOf(connector, input)
  const problems: Problems = {}
  const settings = connector !== null && input.settings == null ? connector.settings : checkSettings(kind, input.settings, problems)
  const seconds = input.connectTimeoutSeconds ?? connector?.connectTimeoutSeconds
  const connectTimeoutSeconds = check(connectTimeoutSchema, seconds, ['connectTimeoutSeconds'], problems)
  const kept = input.credentials == null ? (connector?.credentialsSealed ?? null) : null
  if (connector !== null && kept !== null && settings !== undefined) {
    checkTarget(kind, { before: connector.settings, after: settings, given: false }, problems)
  }
  const given = kept === null ? checkCredentials(kind, input.credentials, problems) : null
  refuseIf(problems)
  if (settings === undefined || given === undefined || connectTimeoutSeconds === undefined) throw new Error('a problem was not told')
  const credentials = connector !== null && kept !== null ? (secretBox.open(kept, `connector:${connector.id}`) as Credentials) : given
  return { kind, settings, credentials, connectTimeoutSeconds }
}

const kindOf = (connector: Connector | null, { kind }: Given): ConnectorKind => {
  if (connector !== null && (kind == null || kind === connector.kind)) return storedKind(connector.kind)
  if (connector !== null) throw badInput({ kind: `The connector is of the kind "${connector.kind}"; a connector keeps its kind.` })
  if (kind == null) throw badInput({ kind: 'Give the kind, or the id of a connector.' })
  return kindNamed(kind)
}
