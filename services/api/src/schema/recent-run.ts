/** A run as a list of many connectors draws it: a page has a thousand of them, so that each carries little. */

import type { JobRunStatus as Status } from '@aiia/core/job-run/status'
import type { PrismaClient } from '@aiia/prisma/client'
import { builder } from './builder.ts'
import { JobRunStatus } from './enums.ts'

export type RecentRunShape = { number: number; status: Status; startedAt: Date | null; finishedAt: Date | null; revision: number }

export const RecentRun = builder.objectRef<RecentRunShape>('RecentRun').implement({
  description: 'One of a connector’s last runs, told as shortly as a list of many connectors needs it; `jobRun` has the rest.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Of the run.' }),
    status: t.expose('status', { type: JobRunStatus, description: 'Where the run is.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When a worker took it.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    revision: t.exposeInt('revision', { description: 'As of the run: grows with every change.' }),
  }),
})

/** The newest of each connector, newest first, in one statement. */
export const recentRuns = async (
  prisma: PrismaClient,
  connectorIds: string[],
  first: number,
): Promise<ReadonlyMap<string, RecentRunShape[]>> => {
  const rows = await prisma.$queryRaw<(RecentRunShape & { connectorId: string })[]>`
    SELECT connector."id" AS "connectorId", run.*
    FROM unnest(${connectorIds}::text[]) AS connector("id")
    CROSS JOIN LATERAL (
      SELECT "number", "status"::text, "started_at" AS "startedAt", "finished_at" AS "finishedAt", "revision"
      FROM "platform"."job_runs" WHERE "connector_id" = connector."id"
      ORDER BY "number" DESC LIMIT ${first}
    ) AS run
    ORDER BY run."number" DESC`
  const runs = new Map<string, RecentRunShape[]>(connectorIds.map((id) => [id, []]))
  for (const row of rows) runs.get(row.connectorId)?.push(row)
  return runs
}
