/** A connector is made after another one. */

import { withEnding } from '@aiia/core/sync/safe-names'
import type { Prisma } from '@aiia/prisma/client'
import { createConnector } from './connectors.ts'
import type { StoreContext } from './context.ts'
import { ConnectorNotFoundError } from './errors.ts'
import { ownRetentionOf } from './retention-default.ts'
import { fromStoredStream } from './stored-streams.ts'

export type Duplicate = {
  /** Of the new connector. */
  id: string
  /** Of the one that it is made after. */
  from: string
  /** null: that one's name with "(copy)" behind it. */
  name: string | null
  /** Credentials are bound to their connector. */
  reseal(credentials: Uint8Array): Uint8Array
}

type Original = Prisma.ConnectorGetPayload<{ include: { streams: true; schedule: true } }>

/**
 * Everything but the runs is the same, and the schedule does not fire until somebody says so. A destination table belongs to
 * one stream, so each stream fills a table of its own.
 *
 * @throws ConnectorNotFoundError, ConnectorNameTakenError
 */
export const duplicateConnector = async (context: StoreContext, { id, from, name, reseal }: Duplicate): Promise<void> => {
  const original = await context.prisma.connector.findFirst({
    where: { id: from, deletedAt: null },
    include: { streams: { orderBy: { position: 'asc' } }, schedule: true },
  })
  if (original === null) throw new ConnectorNotFoundError('There is no such connector.')
  const { kind, settings, sourceHost, credentialsSealed, schedule } = original
  const { connectTimeoutSeconds, maxDurationSeconds, maxAttempts, memoryMb } = original
  await createConnector(context, {
    id,
    name: name ?? (await freeName(context, original.name)),
    kind,
    settings,
    sourceHost,
    credentialsSealed: credentialsSealed && reseal(credentialsSealed),
    streams: await withFreeTables(context, original.streams),
    schedule,
    limits: { connectTimeoutSeconds, maxDurationSeconds, maxAttempts, memoryMb },
    retention: ownRetentionOf(original),
    enabled: false,
  })
}

/** So that "(copy 1000)" still fits behind it. */
const longestBase = 88

/** "Sales", "Sales (copy)", "Sales (copy 2)"; a copy's copy is one more of the first. */
const freeName = async ({ prisma }: StoreContext, name: string): Promise<string> => {
  const base = name
    .replace(/ \(copy(?: \d+)?\)$/, '')
    .slice(0, longestBase)
    .trimEnd()
  const alike = await prisma.connector.findMany({
    where: { deletedAt: null, name: { startsWith: base, mode: 'insensitive' } },
    select: { name: true },
  })
  const taken = new Set(alike.map((connector) => connector.name.toLowerCase()))
  return firstFree(
    (turn) => `${base} (copy${turn === 1 ? '' : ` ${turn}`})`,
    (candidate) => taken.has(candidate.toLowerCase()),
  )
}

const withFreeTables = async ({ prisma }: StoreContext, streams: Original['streams']) => {
  const taken = new Set((await prisma.stream.findMany({ select: { destinationTable: true } })).map((stream) => stream.destinationTable))
  return streams.map((stored) => {
    const stream = fromStoredStream(stored)
    const ending = (turn: number) => (turn === 1 ? '_copy' : `_copy_${turn}`)
    const destinationTable = firstFree(
      (turn) => withEnding(stream.destinationTable, ending(turn)),
      (table) => taken.has(table),
    )
    taken.add(destinationTable)
    return { ...stream, destinationTable }
  })
}

const firstFree = (candidateOf: (turn: number) => string, isTaken: (candidate: string) => boolean): string => {
  for (let turn = 1; ; turn += 1) {
    const candidate = candidateOf(turn)
    if (!isTaken(candidate)) return candidate
  }
}
