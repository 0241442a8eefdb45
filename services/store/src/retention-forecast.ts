/** How much is stored, and what of it the next sweep would take away. */

import type { Retention } from '@aiia/core/job-run/retention'
import { Prisma } from '@aiia/prisma/client'
import type { StoreContext } from './context.ts'

export const storedThings = ['RUNS', 'LOG_LINES', 'REJECTED_ROWS', 'AUDIT_ENTRIES'] as const
export type StoredThing = (typeof storedThings)[number]

/** `rows` is exact up to a hundred thousand, and about right beyond it. */
export type StoredAmount = { thing: StoredThing; rows: number; bytes: number }

const tables: Record<StoredThing, string> = {
  RUNS: 'platform.job_runs',
  LOG_LINES: 'platform.log_lines',
  REJECTED_ROWS: 'platform.rejected_rows',
  AUDIT_ENTRIES: 'platform.audit_log',
}

/** Counting a large table takes long; beyond this the planner's estimate is good enough. */
const countedRows = 100_000

export const readStoredAmounts = ({ prisma }: StoreContext): Promise<StoredAmount[]> =>
  Promise.all(
    storedThings.map(async (thing) => {
      const table = tables[thing]
      const [amount] = await prisma.$queryRaw<{ counted: number; estimated: number; bytes: number }[]>`
        SELECT (SELECT count(*)::int FROM (SELECT FROM ${Prisma.raw(table)} LIMIT ${countedRows + 1}) few) AS counted,
          reltuples::float8 AS estimated, pg_total_relation_size(oid)::float8 AS bytes
        FROM pg_class WHERE oid = ${table}::regclass`
      const { counted = 0, estimated = 0, bytes = 0 } = amount ?? {}
      return { thing, rows: counted <= countedRows ? counted : Math.max(counted, Math.round(estimated)), bytes }
    }),
  )

export type RetentionForecast = {
  runs: number
  /** Of these runs and of others, which stay without their log. */
  logs: number
  logLines: number
  /** Runs whose rejected rows go, with them or alone. */
  runsWithRejectedRows: number
}

/** By the rules of `retention.ts`, all at once and without taking anything. @param platform for connectors that have none of their own */
export const forecastRetention = async ({ prisma }: StoreContext, platform: Retention): Promise<RetentionForecast> => {
  const [forecast] = await prisma.$queryRaw<RetentionForecast[]>`
    WITH kept AS (
      SELECT newest.id FROM platform.connectors c CROSS JOIN LATERAL (
        (SELECT id FROM platform.job_runs n WHERE n.connector_id = c.id AND n.finished_at IS NOT NULL ORDER BY number DESC LIMIT 1)
        UNION (SELECT id FROM platform.job_runs n WHERE n.connector_id = c.id AND n.status = 'COMPLETED' ORDER BY number DESC LIMIT 1)) newest
      WHERE c.deleted_at IS NULL
    ), bounds AS (
      SELECT c.id AS connector_id,
        now() - coalesce(c.keep_runs_days, ${platform.runsDays}) * interval '1 day' AS runs_before,
        now() - coalesce(c.keep_logs_days, ${platform.logsDays}) * interval '1 day' AS logs_before,
        now() - coalesce(c.keep_rejected_rows_days, ${platform.rejectedRowsDays}) * interval '1 day' AS rows_before,
        (SELECT n.number FROM platform.job_runs n WHERE n.connector_id = c.id AND n.finished_at IS NOT NULL
          ORDER BY n.number DESC OFFSET coalesce(c.keep_runs, ${platform.runs}) LIMIT 1) AS beyond
      FROM platform.connectors c
    ), ended AS (
      SELECT r.last_log_seq AS lines, coalesce(r.finished_at < b.runs_before OR r.number <= b.beyond, false) AS goes,
        r.log_removed_at IS NULL AND r.finished_at < b.logs_before AS log_goes,
        r.log_removed_at IS NULL AS has_log, r.rejected_rows_removed_at IS NULL AND EXISTS (SELECT FROM platform.rejected_rows x WHERE x.run_id = r.id) AS has_rows, r.finished_at < b.rows_before AS rows_go
      FROM platform.job_runs r JOIN bounds b USING (connector_id)
      WHERE r.finished_at IS NOT NULL AND r.id NOT IN (SELECT id FROM kept)
    )
    SELECT count(*) FILTER (WHERE goes)::int AS runs, count(*) FILTER (WHERE has_log AND (goes OR log_goes))::int AS logs,
      coalesce(sum(lines) FILTER (WHERE has_log AND (goes OR log_goes)), 0)::float8 AS "logLines",
      count(*) FILTER (WHERE has_rows AND (goes OR rows_go))::int AS "runsWithRejectedRows"
    FROM ended`
  if (forecast === undefined) throw new Error('an aggregate has one row')
  return forecast
}
