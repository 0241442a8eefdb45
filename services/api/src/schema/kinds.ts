/** The kinds of connector, by name. */

import { type ConnectorKind, connectorKinds } from '@aiia/connectors/kinds'
import type { NamedSetting } from '@aiia/core/job-run/comparison'
import { z } from 'zod'
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

type JsonSchema = { properties?: Record<string, JsonSchema>; writeOnly?: boolean }

/** Certificates are long, and a header of somebody’s own may be meant as a secret. */
const notTold = new Set(['ca', 'headers'])

/** The settings of a kind, by their paths. */
export const namedSettings = (kind: string): NamedSetting[] =>
  leavesOf(z.toJSONSchema(storedKind(kind).settings, { io: 'input', unrepresentable: 'any' }) as JsonSchema, [])

const leavesOf = ({ properties, writeOnly = false }: JsonSchema, path: string[]): NamedSetting[] =>
  properties === undefined
    ? [{ path: path.join('.'), told: !writeOnly && !notTold.has(path.at(-1) ?? '') }]
    : Object.entries(properties).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
