/** What a connector's runs of the last days come to, read for many connectors in one statement. */

import type { JobRunStatus } from '@aiia/core/job-run/status'
import { Prisma, type PrismaClient } from '@aiia/prisma/client'

export type RunStatistics = {
  connectorId: string
  /** Runs that ended in the last so many days. */
  days: number
  runs: number
  completed: number
  /** FAILED or ERROR. */
  failed: number
  /** Whenever that was. */
  lastGoodAt: Date | null
  lateSince: Date | null
}

export type RunPoint = { number: number; status: JobRunStatus; startedAt: Date | null; finishedAt: Date; records: bigint }

/** What the newest run brought that read the source: a replay brings back rows of an older one. */
const lastGood = Prisma.sql`
  SELECT "finished_at", coalesce("scheduled_for", "queued_at") AS "asked_at" FROM "platform"."job_runs"
  WHERE "connector_id" = connector."id" AND "status" = 'COMPLETED' AND coalesce("configuration" -> 'replay', 'null') = 'null'
  ORDER BY "finished_at" DESC LIMIT 1`

/** The first due time since then that brought no good data; one that still waits or runs may yet. */
const firstMissed = Prisma.sql`
  SELECT slot."scheduled_for" FROM "platform"."schedule_slots" AS slot LEFT JOIN "platform"."job_runs" AS run ON run."id" = slot."run_id"
  WHERE slot."connector_id" = connector."id" AND slot."scheduled_for" > good."asked_at"
    AND (slot."run_id" IS NOT NULL OR slot."reason" IS NOT NULL)
    AND (run."status" IS NULL OR run."status" IN ('FAILED', 'ERROR', 'CANCELLED'))
  ORDER BY slot."scheduled_for" LIMIT 1`

export const runStatistics = async (
  prisma: PrismaClient,
  connectorIds: string[],
  days: number,
): Promise<ReadonlyMap<string, RunStatistics>> => {
  const rows = await prisma.$queryRaw<Omit<RunStatistics, 'days'>[]>`
    SELECT connector."id" AS "connectorId", ended.*, good."finished_at" AS "lastGoodAt", missed."scheduled_for" AS "lateSince"
    FROM unnest(${connectorIds}::text[]) AS connector("id")
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "runs", count(*) FILTER (WHERE "status" = 'COMPLETED')::int AS "completed",
        count(*) FILTER (WHERE "status" IN ('FAILED', 'ERROR'))::int AS "failed"
      FROM "platform"."job_runs" WHERE "connector_id" = connector."id" AND "finished_at" >= now() - ${days} * interval '1 day'
    ) AS ended
    LEFT JOIN LATERAL (${lastGood}) AS good ON true
    LEFT JOIN LATERAL (${firstMissed}) AS missed ON true`
  return new Map(rows.map((row) => [row.connectorId, { ...row, days }]))
}

/** The newest of those that ended in the last days, oldest first. */
export const runPoints = async (
  prisma: PrismaClient,
  connectorIds: string[],
  { days, first }: { days: number; first: number },
): Promise<ReadonlyMap<string, RunPoint[]>> => {
  const rows = await prisma.$queryRaw<(RunPoint & { connectorId: string })[]>`
    SELECT connector."id" AS "connectorId", run.*
    FROM unnest(${connectorIds}::text[]) AS connector("id")
    CROSS JOIN LATERAL (
      SELECT "number", "status"::text, "started_at" AS "startedAt", "finished_at" AS "finishedAt",
        CASE "status" WHEN 'COMPLETED' THEN "inserted" + "updated" + "unchanged" ELSE "read" END AS "records"
      FROM "platform"."job_runs" WHERE "connector_id" = connector."id" AND "finished_at" >= now() - ${days} * interval '1 day'
      ORDER BY "finished_at" DESC LIMIT ${first}
    ) AS run
    ORDER BY run."finishedAt"`
  const points = new Map<string, RunPoint[]>(connectorIds.map((id) => [id, []]))
  for (const { connectorId, ...point } of rows) points.get(connectorId)?.push(point)
  return points
}
