/** A run as subscribers are handed it: read once, shared by all of them. */

import type { JobRunStatus } from '@aiia/core/job-run/status'
import { activeStatuses } from '@aiia/core/job-run/status'
import { Prisma, type PrismaClient } from '@aiia/prisma/client'
import { pendingReasons } from '@aiia/store/pending-reason'

// A run's frozen configuration and its copy of the sealed credentials stay where they are.
const omit = { configuration: true, credentialsSealed: true } as const

/** What a run's own fields need, so that no reader has to ask again. */
const shown = {
  include: {
    connector: true,
    retryOf: { omit },
    steps: { orderBy: [{ attempt: 'asc' }, { position: 'asc' }] },
    transitions: { orderBy: { revision: 'asc' } },
    streamCommits: { orderBy: [{ committedAt: 'asc' }, { stream: 'asc' }] },
  },
  omit,
} satisfies Prisma.JobRunDefaultArgs

export type LiveRun = Prisma.JobRunGetPayload<typeof shown> & { pendingReason: string | null }

/** What is watched: one run, the runs of one connector, or all. */
export type Interest = { runId: string } | { connectorId: string } | 'all'

export const readRuns = async (prisma: PrismaClient, ids: string[]): Promise<LiveRun[]> => {
  const runs = await prisma.jobRun.findMany({ where: { id: { in: ids } }, ...shown })
  const pending = runs.filter(({ status }) => status === 'PENDING')
  const reasons = pending.length === 0 ? new Map<string, string | null>() : await pendingReasons({ prisma }, pending)
  return runs.map((run) => ({ ...run, pendingReason: reasons.get(run.id) ?? null }))
}

const connectorHistory = 20
const platformHistory = 50
const mostConnectors = 500

/**
 * The state as it stands, oldest first. A reader of many runs is told all that can have changed since it last
 * looked: what is active, what is newest, and each connector's newest run.
 */
export const readSnapshot = async (prisma: PrismaClient, interest: Interest): Promise<LiveRun[]> => {
  const runs = await readRuns(prisma, await snapshotIds(prisma, interest))
  return runs.sort((a, b) => a.number - b.number)
}

const snapshotIds = async (prisma: PrismaClient, interest: Interest): Promise<string[]> => {
  if (interest !== 'all' && 'runId' in interest) return [interest.runId]
  if (interest !== 'all') {
    const { connectorId } = interest
    const runs = await prisma.jobRun.findMany({
      where: { connectorId },
      orderBy: { number: 'desc' },
      take: connectorHistory,
      select: { id: true },
    })
    return runs.map(({ id }) => id)
  }
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "platform"."job_runs" WHERE "status" IN ('PENDING', 'RUNNING')
    UNION (SELECT "id" FROM "platform"."job_runs" ORDER BY "number" DESC LIMIT ${platformHistory})
    UNION SELECT newest."id"
      FROM (SELECT "id" FROM "platform"."connectors" WHERE "deleted_at" IS NULL LIMIT ${mostConnectors}) AS connector
      CROSS JOIN LATERAL (
        SELECT "id" FROM "platform"."job_runs" WHERE "connector_id" = connector."id" ORDER BY "number" DESC LIMIT 1
      ) AS newest`
  return rows.map(({ id }) => id)
}

export type RunMark = { id: string; connectorId: string; revision: number }

/** Where the runs stand that are active, are named, or came after `number`. */
export const readMarks = (
  prisma: PrismaClient,
  ids: string[],
  afterNumber: number,
): Promise<(RunMark & { number: number; status: JobRunStatus })[]> =>
  prisma.jobRun.findMany({
    where: { OR: [{ status: { in: [...activeStatuses] } }, { id: { in: ids } }, { number: { gt: afterNumber } }] },
    select: { id: true, number: true, connectorId: true, revision: true, status: true },
    orderBy: { number: 'desc' },
    take: 5_000,
  })

export const newestNumber = async (prisma: PrismaClient): Promise<number> =>
  (await prisma.jobRun.findFirst({ orderBy: { number: 'desc' }, select: { number: true } }))?.number ?? 0
