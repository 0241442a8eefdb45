/** Connectors are made, changed and deleted. */

import type { Actor } from '@aiia/core/audit/audit'
import type { OwnRetention } from '@aiia/core/job-run/retention'
import { nextSlot } from '@aiia/core/schedule/cron'
import { jitterOffset } from '@aiia/core/schedule/jitter'
import type { Limits, StreamConfiguration } from '@aiia/core/sync/configuration'
import type { Prisma, TransactionClient } from '@aiia/prisma/client'
import { refuseWhileActive } from './active-run.ts'
import { note } from './audit.ts'
import { changedParts, type Parts, partsOf } from './changed-parts.ts'
import type { StoreContext } from './context.ts'
import { ConnectorNameTakenError, ConnectorNotFoundError, DestinationTableTakenError } from './errors.ts'
import { isUniqueViolation } from './request-run.ts'
import { toStoredRetention } from './retention-default.ts'
import { toStoredStream } from './stored-streams.ts'

export type ScheduleInput = {
  cron: string
  timeZone: string
  missedRuns: 'RUN_ONCE' | 'SKIP'
  overlap: 'SKIP' | 'QUEUE'
  /** Up to so much later than its time a slot fires, always the same for a connector. */
  jitterSeconds: number
}

export type NewConnector = {
  id: string
  name: string
  kind: string
  settings: unknown
  /** The server that it reads from, as the kind tells. */
  sourceHost: string | null
  credentialsSealed: Uint8Array | null
  streams: readonly StreamConfiguration[]
  schedule: ScheduleInput | null
  limits: Limits
  retention: OwnRetention
  enabled: boolean
}

/** What is omitted stays; `schedule: null` takes it away; `streams` are the whole list. */
export type ConnectorChange = { id: string } & Partial<Omit<NewConnector, 'id' | 'kind'>>

/** @throws ConnectorNameTakenError, DestinationTableTakenError */
export const createConnector = async (context: StoreContext, connector: NewConnector): Promise<void> =>
  changing(context, connector, async (transaction) => {
    const { id, kind, streams, schedule } = connector
    await transaction.connector.create({
      data: { id, kind, name: connector.name, settings: asJson(connector.settings), ...columns(connector) },
    })
    await replaceStreams(transaction, id, streams)
    if (schedule !== null) await saveSchedule(transaction, id, schedule)
    await note(transaction, context.actor, {
      action: 'CONNECTOR_CREATED',
      subject: { kind: 'CONNECTOR', id, name: connector.name },
      details: { kind, streams: streams.length },
    })
  })

/** @throws ConnectorNotFoundError, ConnectorNameTakenError, DestinationTableTakenError */
export const updateConnector = async (context: StoreContext, change: ConnectorChange): Promise<void> =>
  changing(context, change, async (transaction) => {
    const { id, streams, schedule } = change
    const before = context.actor && (await existingParts(transaction, id))
    const { count } = await transaction.connector.updateMany({
      where: { id, deletedAt: null },
      data: {
        ...(change.name !== undefined && { name: change.name }),
        ...(change.settings !== undefined && { settings: asJson(change.settings) }),
        ...columns(change),
      },
    })
    if (count === 0) throw new ConnectorNotFoundError('There is no such connector.')
    if (streams !== undefined) await replaceStreams(transaction, id, streams)
    if (schedule === null) await transaction.schedule.deleteMany({ where: { connectorId: id } })
    else if (schedule !== undefined) await saveSchedule(transaction, id, schedule)
    if (before !== undefined) await noteUpdate(transaction, context.actor, id, before)
  })

/** @throws ConnectorNotFoundError */
const existingParts = async (transaction: TransactionClient, id: string): Promise<Parts> => {
  if ((await transaction.connector.count({ where: { id, deletedAt: null } })) === 0)
    throw new ConnectorNotFoundError('There is no such connector.')
  return partsOf(transaction, id)
}

const noteUpdate = async (transaction: TransactionClient, actor: Actor | undefined, id: string, before: Parts): Promise<void> => {
  const after = await partsOf(transaction, id)
  await note(transaction, actor, {
    action: 'CONNECTOR_UPDATED',
    subject: { kind: 'CONNECTOR', id, name: String(after.get('name')) },
    details: { changed: changedParts(before, after) },
  })
}

/**
 * The connector goes, with its streams, schedule and credentials; its runs stay in the history.
 *
 * @throws ActiveRunError while a run goes on, ConnectorNotFoundError
 */
export const deleteConnector = async ({ prisma, actor }: StoreContext, { id }: { id: string }): Promise<void> =>
  prisma.$transaction(async (transaction) => {
    // A trigger that comes at the same moment waits for this lock, and then finds the connector deleted.
    const [found] = await transaction.$queryRaw<{ name: string }[]>`
      SELECT name FROM platform.connectors WHERE id = ${id} AND deleted_at IS NULL FOR UPDATE`
    if (found === undefined) throw new ConnectorNotFoundError('There is no such connector.')
    await refuseWhileActive(transaction, id)
    await transaction.stream.deleteMany({ where: { connectorId: id } })
    await transaction.schedule.deleteMany({ where: { connectorId: id } })
    await transaction.connector.update({ where: { id }, data: { deletedAt: new Date(), credentialsSealed: null, enabled: false } })
    await note(transaction, actor, { action: 'CONNECTOR_DELETED', subject: { kind: 'CONNECTOR', id, name: found.name } })
  })

const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue

const columns = ({ credentialsSealed, sourceHost, limits, retention, enabled }: Omit<ConnectorChange, 'id'>) => ({
  ...(sourceHost !== undefined && { sourceHost }),
  ...(credentialsSealed !== undefined && { credentialsSealed: credentialsSealed && Uint8Array.from(credentialsSealed) }),
  ...limits,
  ...(retention && toStoredRetention(retention)),
  ...(enabled !== undefined && { enabled }),
})

const replaceStreams = async (
  transaction: TransactionClient,
  connectorId: string,
  streams: readonly StreamConfiguration[],
): Promise<void> => {
  await transaction.stream.deleteMany({ where: { connectorId } })
  await transaction.stream.createMany({
    data: streams.map((stream, position) => ({ connectorId, position, ...toStoredStream(stream) })),
  })
}

const saveSchedule = async (transaction: TransactionClient, connectorId: string, input: ScheduleInput): Promise<void> => {
  const [{ now }] = await transaction.$queryRaw<[{ now: Date }]>`SELECT now() AS now`
  const { cron, timeZone, missedRuns, overlap, jitterSeconds } = input
  const schedule = {
    cron,
    timeZone,
    missedRuns,
    overlap,
    jitterSeconds,
    offsetSeconds: jitterOffset(connectorId, jitterSeconds),
    nextAt: nextSlot(cron, timeZone, now),
  }
  await transaction.schedule.upsert({ where: { connectorId }, create: { connectorId, ...schedule }, update: schedule })
}

/** Runs the change in a transaction; what the database refuses as taken is told by what it is. */
const changing = async (
  context: StoreContext,
  change: Pick<ConnectorChange, 'id' | 'name' | 'streams'>,
  run: (transaction: TransactionClient) => Promise<void>,
) => {
  try {
    await context.prisma.$transaction(run)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw (await takenTable(context, change)) ?? new ConnectorNameTakenError('The name is taken.')
  }
}

const takenTable = async (
  { prisma }: StoreContext,
  { id, streams = [] }: Pick<ConnectorChange, 'id' | 'streams'>,
): Promise<DestinationTableTakenError | undefined> => {
  const tables = streams.map(({ destinationTable }) => destinationTable)
  const taken = await prisma.stream.findFirst({
    where: { destinationTable: { in: tables }, connectorId: { not: id } },
    select: { destinationTable: true, connector: { select: { name: true } } },
  })
  return taken === null ? undefined : new DestinationTableTakenError(taken.destinationTable, taken.connector.name)
}
