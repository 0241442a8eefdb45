/** What fields of many rows ask for, loaded in a few statements however many rows there are. */

import type { RateSeries } from '@aiia/core/job-run/rate-series'
import { effectiveRetention, type Retention } from '@aiia/core/job-run/retention'
import { activeStatuses } from '@aiia/core/job-run/status'
import type { Prisma, PrismaClient } from '@aiia/prisma/client'
import { type RunAndLastGood, readLastGoodRuns } from '@aiia/store/last-good-run'
import { pendingReasons, type WaitingRun } from '@aiia/store/pending-reason'
import { readRateSeries } from '@aiia/store/rate-series'
import { ownRetentionOf, readRetentionDefault } from '@aiia/store/retention-default'
import { type Batch, createBatch } from './batch.ts'
import { type RunPage, runIdsOfConnectors } from './keyset.ts'
import { type RecentRunShape, recentRuns } from './recent-run.ts'
import { type RunPoint, type RunStatistics, runPoints, runStatistics } from './run-statistics.ts'

/** Of which the columns are there that were selected. */
type JobRun = Prisma.JobRunGetPayload<object>
type Connector = Prisma.ConnectorGetPayload<object>

/** The columns and relations that the fields beneath need, as Pothos plans it. Fields that ask for the same share a batch. */
type Selection = { select?: object | undefined } | { include?: object | undefined }

const columnsOf = (selection: Selection): Prisma.JobRunSelect => ({
  ...('select' in selection && selection.select),
  id: true,
  connectorId: true,
})

export type Batches = {
  /** The run that goes on, by connector id. */
  activeRunOf(selection: Selection): Batch<string, JobRun>
  /** A page of runs, newest first, by connector id. */
  runsOf(page: RunPage, selection: Selection): Batch<string, JobRun[]>
  /** The newest so many, by connector id. */
  recentRunsOf(first: number): Batch<string, RecentRunShape[]>
  pendingReason: Batch<WaitingRun, string | null>
  /** What the runs of the last days come to, by connector id. */
  statisticsOf(days: number): Batch<string, RunStatistics>
  /** These runs themselves, as a chart shows them. */
  runPointsOf(which: { days: number; first: number }): Batch<string, RunPoint[]>
  /** By run id. */
  rateSeries: Batch<string, RateSeries>
  /** By run id. */
  lastGoodRun: Batch<string, RunAndLastGood>
  retentionOf: Batch<Connector, Retention>
}

export const createBatches = ({ prisma }: { prisma: PrismaClient }): Batches => {
  const activeRuns = new Map<string, Batch<string, JobRun>>()
  const pages = new Map<string, Batch<string, JobRun[]>>()
  const recent = new Map<string, Batch<string, RecentRunShape[]>>()
  const statistics = new Map<string, Batch<string, RunStatistics>>()
  const points = new Map<string, Batch<string, RunPoint[]>>()
  return {
    activeRunOf: (selection) =>
      kept(activeRuns, JSON.stringify(selection), () =>
        createBatch(async (connectorIds) => {
          const runs = await prisma.jobRun.findMany({
            select: columnsOf(selection),
            where: { connectorId: { in: connectorIds }, status: { in: [...activeStatuses] } },
          })
          return new Map((runs as JobRun[]).map((run) => [run.connectorId, run]))
        }),
      ),
    runsOf: (page, selection) =>
      kept(pages, JSON.stringify([page, selection]), () =>
        createBatch((connectorIds) => runsByConnector(prisma, connectorIds, page, selection)),
      ),
    recentRunsOf: (first) => kept(recent, String(first), () => createBatch((connectorIds) => recentRuns(prisma, connectorIds, first))),
    pendingReason: createBatch(async (runs) => {
      const reasons = await pendingReasons({ prisma }, runs)
      return new Map(runs.map((run) => [run, reasons.get(run.id) ?? null]))
    }),
    statisticsOf: (days) => kept(statistics, String(days), () => createBatch((connectorIds) => runStatistics(prisma, connectorIds, days))),
    runPointsOf: (which) =>
      kept(points, JSON.stringify(which), () => createBatch((connectorIds) => runPoints(prisma, connectorIds, which))),
    lastGoodRun: createBatch((runIds) => readLastGoodRuns({ prisma }, runIds)),
    retentionOf: createBatch(async (connectors) => {
      const { retention } = await readRetentionDefault({ prisma })
      return new Map(connectors.map((connector) => [connector, effectiveRetention(ownRetentionOf(connector), retention)]))
    }),
    rateSeries: createBatch((runIds) => readRateSeries({ prisma }, runIds)),
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
  const found = await prisma.jobRun.findMany({ select: columnsOf(selection), where: { id: { in: ids } }, orderBy: { number: 'desc' } })
  const runs = found as JobRun[]
  const byConnector = new Map<string, JobRun[]>()
  for (const run of runs) {
    const list = byConnector.get(run.connectorId)
    if (list) list.push(run)
    else byConnector.set(run.connectorId, [run])
  }
  return byConnector
}
