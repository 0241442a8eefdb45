/** The kinds of connector, by name. */

import { type ConnectorKind, connectorKinds } from '@aiia/connectors/kinds'
import { badInput } from '../errors.ts'

const byName: ReadonlyMap<string, ConnectorKind> = new Map(connectorKinds.map((kind) => [kind.kind, kind]))

/** Of a stored connector. */
export const storedKind = (name: string): ConnectorKind => {
  const kind = byName.get(name)
  if (kind === undefined) throw new Error(`a stored connector is of the kind "${name}", which this release does not have`)
  return kind
}

/** @throws BAD_USER_INPUT that names the kinds there are */
export const kindNamed = (name: string): ConnectorKind => {
  const kind = byName.get(name)
  if (kind === undefined) throw badInput({ kind: `There is no kind "${name}". Known kinds: ${[...byName.keys()].join(', ')}.` })
  return kind
}
