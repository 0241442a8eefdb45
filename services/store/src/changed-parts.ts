/** Names what a change of a connector has changed, for the audit log: the parts, never their values. */

import { isDeepStrictEqual } from 'node:util'
import type { TransactionClient } from '@aiia/prisma/client'

export type Parts = ReadonlyMap<string, unknown>

/** What is neither a setting nor changed by anybody. */
const notTold = new Set(['id', 'kind', 'settings', 'sourceHost', 'createdAt', 'updatedAt', 'deletedAt', 'streams', 'schedule'])

/** Of a connector as it is now. */
export const partsOf = async (transaction: TransactionClient, id: string): Promise<Parts> => {
  const connector = await transaction.connector.findUniqueOrThrow({ where: { id }, include: { streams: true, schedule: true } })
  const { settings, streams, schedule, credentialsSealed, ...columns } = connector
  const parts = new Map<string, unknown>([
    ...Object.entries(columns).filter(([name]) => !notTold.has(name)),
    // Compared as they are sealed: each sealing of the same credentials is another one, and was given anew.
    ['credentials', credentialsSealed],
    ['schedule', schedule && { ...schedule, nextAt: null, offsetSeconds: null }],
  ])
  for (const [name, value] of Object.entries(settings ?? {})) parts.set(`settings.${name}`, value)
  for (const { id: _id, ...stream } of streams) parts.set(`stream ${stream.name}`, stream)
  return parts
}

export const changedParts = (before: Parts, after: Parts): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((name) => !isDeepStrictEqual(before.get(name), after.get(name))).sort()
