/** Connectors are made, changed and deleted. */

import type { Retention } from '@aiia/core/job-run/retention'
import { nextSlot } from '@aiia/core/schedule/cron'
import { jitterOffset } from '@aiia/core/schedule/jitter'
import type { Limits, StreamConfiguration } from '@aiia/core/sync/configuration'
import type { Prisma, TransactionClient } from '@aiia/prisma/client'
import { refuseWhileActive } from './active-run.ts'
import type { StoreContext } from './context.ts'
import { ConnectorNameTakenError, ConnectorNotFoundError, DestinationTableTakenError } from './errors.ts'
import { isUniqueViolation } from './request-run.ts'
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
  retention: Retention
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
  })

/** @throws ConnectorNotFoundError, ConnectorNameTakenError, DestinationTableTakenError */
export const updateConnector = async (context: StoreContext, change: ConnectorChange): Promise<void> =>
  changing(context, change, async (transaction) => {
    const { id, streams, schedule } = change
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
  })

/**
 * The connector goes, with its streams, schedule and credentials; its runs stay in the history.
 *
 * @throws ActiveRunError while a run goes on, ConnectorNotFoundError
 */
export const deleteConnector = async ({ prisma }: StoreContext, { id }: { id: string }): Promise<void> =>
  prisma.$transaction(async (transaction) => {
    // A trigger that comes at the same moment waits for this lock, and then finds the connector deleted.
    const [found] = await transaction.$queryRaw<{ id: string }[]>`
      SELECT id FROM platform.connectors WHERE id = ${id} AND deleted_at IS NULL FOR UPDATE`
    if (found === undefined) throw new ConnectorNotFoundError('There is no such connector.')
    await refuseWhileActive(transaction, id)
    await transaction.stream.deleteMany({ where: { connectorId: id } })
    await transaction.schedule.deleteMany({ where: { connectorId: id } })
    await transaction.connector.update({ where: { id }, data: { deletedAt: new Date(), credentialsSealed: null, enabled: false } })
  })

const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue

const columns = ({ credentialsSealed, sourceHost, limits, retention, enabled }: Omit<ConnectorChange, 'id'>) => ({
  ...(sourceHost !== undefined && { sourceHost }),
  ...(credentialsSealed !== undefined && { credentialsSealed: credentialsSealed && Uint8Array.from(credentialsSealed) }),
  ...limits,
  ...(retention && {
    keepRuns: retention.runs,
    keepRunsDays: retention.runsDays,
    keepLogsDays: retention.logsDays,
    keepRejectedRowsDays: retention.rejectedRowsDays,
  }),
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
