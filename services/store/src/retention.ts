/**
 * Removes what has been kept long enough, a batch at a time: no statement holds locks for longer than a moment, none
 * touches a run that is active, and daemons side by side pass one another. The newest ended run of a connector and its
 * newest completed one are kept whole, whatever their age.
 */

import type { Retention } from '@aiia/core/job-run/retention'
import { Prisma } from '@aiia/prisma/client'
import type { StoreContext } from './context.ts'
import { readRetentionDefault } from './retention-default.ts'

/** Whether an active run reads again what the run `r` rejected. */
const isReplayed = Prisma.sql`EXISTS (SELECT FROM platform.job_runs a WHERE a.connector_id = r.connector_id
  AND a.status IN ('PENDING', 'RUNNING') AND a.configuration -> 'replay' ->> 'runId' = r.id)`

const runsAtOnce = 50
const linesAtOnce = 5_000

/** @returns what this batch removed; nothing is left when all are 0 */
export type RemovedBatch = { logLines: number; rejectedRows: number; runs: number; slots: number; connectors: number }

export const removeExpired = async (context: StoreContext): Promise<RemovedBatch> => {
  const { retention } = await readRetentionDefault(context)
  return {
    rejectedRows: await removeRejectedRows(context, retention),
    logLines: await removeLogs(context, retention),
    runs: await removeRuns(context, retention),
    slots: await removeSlots(context, retention),
    connectors: await removeConnectors(context),
  }
}

/** Whether nothing was left to remove. */
export const isEmpty = (batch: RemovedBatch): boolean => Object.values(batch).every((removed) => removed === 0)

type Ended = { id: string; lines: number }

/** As many of them as have so many lines together, and one in any case: a log goes whole, or not yet. */
const batchOf = (runs: readonly Ended[]): string[] => {
  let lines = 0
  return runs.flatMap((run) => {
    const fits = lines === 0 || lines + run.lines <= linesAtOnce
    lines += run.lines
    return fits ? [run.id] : []
  })
}

const removeLogs = async ({ prisma }: StoreContext, platform: Retention): Promise<number> =>
  prisma.$transaction(async (transaction) => {
    const runs = await transaction.$queryRaw<Ended[]>`
      SELECT r.id, r.last_log_seq AS lines FROM platform.job_runs r JOIN platform.connectors c ON c.id = r.connector_id
      WHERE r.log_removed_at IS NULL AND r.finished_at < now() - coalesce(c.keep_logs_days, ${platform.logsDays}) * interval '1 day' AND NOT platform.is_newest_run(r)
      ORDER BY r.finished_at LIMIT ${runsAtOnce} FOR UPDATE OF r SKIP LOCKED`
    if (runs.length === 0) return 0
    const ids = batchOf(runs)
    await transaction.$executeRaw`UPDATE platform.job_runs SET log_removed_at = now(), revision = revision + 1 WHERE id = ANY (${ids}::text[])`
    const removed = await transaction.$executeRaw`DELETE FROM platform.log_lines WHERE run_id = ANY (${ids}::text[])`
    // Runs without a line are something done, too.
    return Math.max(removed, 1)
  })

const removeRejectedRows = async ({ prisma }: StoreContext, platform: Retention): Promise<number> =>
  prisma.$transaction(async (transaction) => {
    const runs = await transaction.$queryRaw<{ id: string }[]>`
      SELECT r.id FROM platform.job_runs r JOIN platform.connectors c ON c.id = r.connector_id
      WHERE r.rejected_rows_removed_at IS NULL AND EXISTS (SELECT FROM platform.rejected_rows x WHERE x.run_id = r.id)
        AND r.finished_at < now() - coalesce(c.keep_rejected_rows_days, ${platform.rejectedRowsDays}) * interval '1 day'
        AND NOT platform.is_newest_run(r) AND NOT ${isReplayed}
      ORDER BY r.finished_at LIMIT ${runsAtOnce} FOR UPDATE OF r SKIP LOCKED`
    if (runs.length === 0) return 0
    const ids = runs.map(({ id }) => id)
    await transaction.$executeRaw`DELETE FROM platform.rejected_rows WHERE run_id = ANY (${ids}::text[])`
    return transaction.$executeRaw`
      UPDATE platform.job_runs SET rejected_rows_removed_at = now(), revision = revision + 1 WHERE id = ANY (${ids}::text[])`
  })

/** By age, or beyond the number that is kept. */
const removeRuns = async ({ prisma }: StoreContext, platform: Retention): Promise<number> =>
  prisma.$transaction(async (transaction) => {
    const beyond = await transaction.$queryRaw<Ended[]>`
      SELECT r.id, r.last_log_seq AS lines FROM platform.connectors c
      CROSS JOIN LATERAL (SELECT number FROM platform.job_runs n WHERE n.connector_id = c.id AND n.finished_at IS NOT NULL
        ORDER BY number DESC OFFSET coalesce(c.keep_runs, ${platform.runs}) LIMIT 1) beyond
      JOIN platform.job_runs r ON r.connector_id = c.id AND r.number <= beyond.number
      WHERE r.finished_at IS NOT NULL AND NOT platform.is_newest_run(r) AND NOT ${isReplayed}
      LIMIT ${runsAtOnce} FOR UPDATE OF r SKIP LOCKED`
    const old = await transaction.$queryRaw<Ended[]>`
      SELECT r.id, r.last_log_seq AS lines FROM platform.job_runs r JOIN platform.connectors c ON c.id = r.connector_id
      WHERE r.finished_at < now() - coalesce(c.keep_runs_days, ${platform.runsDays}) * interval '1 day' AND NOT platform.is_newest_run(r)
        AND NOT ${isReplayed}
      ORDER BY r.finished_at LIMIT ${runsAtOnce} FOR UPDATE OF r SKIP LOCKED`
    const ids = batchOf([...beyond, ...old])
    return ids.length === 0 ? 0 : transaction.$executeRaw`DELETE FROM platform.job_runs WHERE id = ANY (${ids}::text[])`
  })

/** What became of slots is of interest as long as their runs, and as long as their connector. */
const removeSlots = async ({ prisma }: StoreContext, platform: Retention): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM platform.schedule_slots WHERE (connector_id, scheduled_for) IN (
      SELECT s.connector_id, s.scheduled_for FROM platform.schedule_slots s LEFT JOIN platform.connectors c ON c.id = s.connector_id
      WHERE c.id IS NULL OR s.fired_at < now() - coalesce(c.keep_runs_days, ${platform.runsDays}) * interval '1 day' LIMIT ${linesAtOnce})`

/** A deleted connector stays as long as a run of it is shown. */
const removeConnectors = async ({ prisma }: StoreContext): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM platform.connectors WHERE id IN (
      SELECT c.id FROM platform.connectors c WHERE c.deleted_at IS NOT NULL AND NOT EXISTS (SELECT FROM platform.job_runs r WHERE r.connector_id = c.id)
      LIMIT ${runsAtOnce} FOR UPDATE SKIP LOCKED)`
