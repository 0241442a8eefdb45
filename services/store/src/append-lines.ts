/** Writes log lines and steps inside the transaction of a change; the run's row is locked, so `seq` has no hole. */

import type { RecordCounts } from '@aiia/core/job-run/counts'
import { type LogEntry, toSingleLine, toStorable } from '@aiia/core/job-run/log-line'
import type { JobStep } from '@aiia/core/job-run/step'
import type { TransactionClient } from '@aiia/prisma/client'

/** Lines that one run may have; what comes after is counted, and told at its end. */
export const mostLines = 100_000

/** @param lastSeq the sequence number that the newest of these lines gets */
export const appendLines = async (
  transaction: TransactionClient,
  runId: string,
  lastSeq: number,
  lines: readonly LogEntry[],
): Promise<void> => {
  if (lines.length === 0) return
  await transaction.$executeRaw`
    INSERT INTO platform.log_lines (run_id, seq, at, level, message)
    SELECT ${runId}, ${lastSeq - lines.length} + line.ordinal, line.at, line.level::platform.log_level, line.message
    FROM unnest(${lines.map(({ at }) => at.toISOString())}::timestamptz[], ${lines.map(({ level }) => level)}::text[],
      ${lines.map(({ message }) => toSingleLine(message))}::text[]) WITH ORDINALITY AS line (at, level, message, ordinal)`
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export const saveSteps = async (
  transaction: TransactionClient,
  runId: string,
  attempt: number,
  steps: readonly JobStep[],
): Promise<void> => {
  if (steps.length === 0) return
  await transaction.$executeRaw`
    INSERT INTO platform.job_steps (run_id, attempt, position, kind, stream, status, started_at, finished_at, read, detail)
    SELECT ${runId}, ${attempt}, step.* FROM unnest(${steps.map(({ position }) => position)}::int[], ${steps.map(({ kind }) => kind)}::text[],
      ${steps.map(({ stream }) => stream)}::text[], ${steps.map(({ status }) => status)}::text[],
      ${steps.map(({ startedAt }) => iso(startedAt))}::timestamptz[], ${steps.map(({ finishedAt }) => iso(finishedAt))}::timestamptz[],
      ${steps.map(({ read }) => read)}::bigint[], ${steps.map(({ detail }) => detail && toStorable(detail))}::text[]) AS step
    ON CONFLICT (run_id, attempt, position) DO UPDATE SET status = excluded.status, started_at = excluded.started_at,
      finished_at = excluded.finished_at, read = excluded.read, detail = excluded.detail`
}

/** The counts as columns for Prisma. */
export const countColumns = (counts: RecordCounts) => ({
  read: counts.read,
  rejected: counts.rejected,
  superseded: counts.superseded,
  inserted: counts.inserted,
  updated: counts.updated,
  unchanged: counts.unchanged,
  deleted: counts.deleted,
  bytes: counts.bytes,
  expected: counts.expected,
})
