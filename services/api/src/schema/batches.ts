/** What fields of many rows ask for, loaded in a few statements however many rows there are. */

import { activeStatuses } from '@aiia/core/job-run/status'
import type { Prisma, PrismaClient } from '@aiia/prisma/client'
import { pendingReasons } from '@aiia/store/pending-reason'
import { type Batch, createBatch } from './batch.ts'
import { type RunPage, runIdsOfConnectors } from './keyset.ts'

type JobRun = Prisma.JobRunGetPayload<object>

/** What the fields beneath need, as Pothos plans it: `include`s. Fields that ask for the same share a batch. */
type Selection = object

export type Batches = {
  /** The run that goes on, by connector id. */
  activeRunOf(selection: Selection): Batch<string, JobRun>
  /** A page of runs, newest first, by connector id. */
  runsOf(page: RunPage, selection: Selection): Batch<string, JobRun[]>
  pendingReason: Batch<JobRun, string | null>
}

export const createBatches = ({ prisma }: { prisma: PrismaClient }): Batches => {
  const activeRuns = new Map<string, Batch<string, JobRun>>()
  const pages = new Map<string, Batch<string, JobRun[]>>()
  return {
    activeRunOf: (selection) =>
      kept(activeRuns, JSON.stringify(selection), () =>
        createBatch(async (connectorIds) => {
          const runs = await prisma.jobRun.findMany({
            ...selection,
            where: { connectorId: { in: connectorIds }, status: { in: [...activeStatuses] } },
          })
          return new Map(runs.map((run) => [run.connectorId, run]))
        }),
      ),
    runsOf: (page, selection) =>
      kept(pages, JSON.stringify([page, selection]), () =>
        createBatch((connectorIds) => runsByConnector(prisma, connectorIds, page, selection)),
      ),
    pendingReason: createBatch(async (runs) => {
      const reasons = await pendingReasons({ prisma }, runs)
      return new Map(runs.map((run) => [run, reasons.get(run.id) ?? null]))
    }),
  }
}

const kept = <T>(all: Map<string, T>, key: string, make: () => T): T => {
  const value = all.get(key) ?? make()
  all.set(key, value)
  return value
}

const runsByConnector = async (
  prisma: PrismaClient,
  connectorIds: string[],
  page: RunPage,
  selection: Selection,
): Promise<Map<string, JobRun[]>> => {
  const ids = await runIdsOfConnectors(prisma, connectorIds, page)
  const runs = await prisma.jobRun.findMany({ ...selection, where: { id: { in: ids } }, orderBy: { number: 'desc' } })
  const byConnector = new Map<string, JobRun[]>()
  for (const run of runs) {
    const list = byConnector.get(run.connectorId)
    if (list) list.push(run)
    else byConnector.set(run.connectorId, [run])
  }
  return byConnector
}
