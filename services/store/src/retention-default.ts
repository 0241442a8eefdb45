/** How long things are kept where a connector says nothing else. */

import type { OwnRetention, Retention } from '@aiia/core/job-run/retention'
import type { Prisma, TransactionClient } from '@aiia/prisma/client'
import { note } from './audit.ts'
import type { StoreContext } from './context.ts'

type Stored<Value> = { keepRuns: Value; keepRunsDays: Value; keepLogsDays: Value; keepRejectedRowsDays: Value }

const fromStored = <Value>({ keepRuns, keepRunsDays, keepLogsDays, keepRejectedRowsDays }: Stored<Value>) => ({
  runs: keepRuns,
  runsDays: keepRunsDays,
  logsDays: keepLogsDays,
  rejectedRowsDays: keepRejectedRowsDays,
})

export const toStoredRetention = <Value>({
  runs,
  runsDays,
  logsDays,
  rejectedRowsDays,
}: Record<keyof Retention, Value>): Stored<Value> => ({
  keepRuns: runs,
  keepRunsDays: runsDays,
  keepLogsDays: logsDays,
  keepRejectedRowsDays: rejectedRowsDays,
})

/** Of a connector, as it is stored. */
export const ownRetentionOf = (connector: Stored<number | null>): OwnRetention => fromStored(connector)

/** Connectors that say themselves how long something is kept. */
export const withOwnRetention: Prisma.ConnectorWhereInput = {
  OR: [
    { keepRuns: { not: null } },
    { keepRunsDays: { not: null } },
    { keepLogsDays: { not: null } },
    { keepRejectedRowsDays: { not: null } },
  ],
}

export type RetentionDefault = {
  retention: Retention
  /** null: nobody has changed it yet. */
  changed: { at: Date; by: string } | null
}

/** Not by its id: Prisma makes one question of several at once, and has no list of booleans. */
const read = async (prisma: Pick<TransactionClient, 'retentionDefault'>): Promise<RetentionDefault> => {
  const { changedAt, changedBy, ...stored } = await prisma.retentionDefault.findFirstOrThrow()
  return { retention: fromStored(stored), changed: changedAt && { at: changedAt, by: changedBy ?? '' } }
}

export const readRetentionDefault = ({ prisma }: StoreContext): Promise<RetentionDefault> => read(prisma)

/** What is omitted stays. */
export const changeRetentionDefault = async (
  { prisma, actor }: StoreContext,
  { by, retention: change }: { by: string; retention: Partial<Retention> },
): Promise<RetentionDefault> =>
  prisma.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT FROM platform.retention_default FOR UPDATE`
    const before = await read(transaction)
    const retention = { ...before.retention, ...change }
    await transaction.retentionDefault.update({
      where: { id: true },
      data: { ...toStoredRetention(retention), changedAt: new Date(), changedBy: by },
    })
    const changed = Object.entries(retention).flatMap(([part, after]) => {
      const value = before.retention[part as keyof Retention]
      return value === after ? [] : [[part, [value, after]]]
    })
    await note(transaction, actor, {
      action: 'RETENTION_CHANGED',
      subject: { kind: 'PLATFORM', id: null, name: 'the platform' },
      details: Object.fromEntries(changed) as Record<string, unknown>,
    })
    return read(transaction)
  })
