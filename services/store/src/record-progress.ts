/** What a running attempt reports: counts, steps, log lines, rejected rows. All of it is fenced. */

import type { RecordCounts } from '@aiia/core/job-run/counts'
import { type LogEntry, toStorable } from '@aiia/core/job-run/log-line'
import type { JobStep } from '@aiia/core/job-run/step'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import type { TransactionClient } from '@aiia/prisma/client'
import { appendLines, countColumns, saveSteps } from './append-lines.ts'
import type { Held } from './claim-run.ts'
import type { StoreContext } from './context.ts'
import type { Notice } from './notice.ts'

export type Progress = {
  counts?: RecordCounts | undefined
  rowsPerSecond?: number | null | undefined
  steps?: readonly JobStep[]
  lines?: readonly LogEntry[]
  rejected?: readonly RejectedRow[]
}

/** @returns null when the attempt no longer holds the run: nothing was written, and it must stop */
export const recordProgress = async ({ prisma }: StoreContext, held: Held, progress: Progress): Promise<Notice | null> =>
  prisma.$transaction(async (transaction) => {
    const { counts, rowsPerSecond, lines = [] } = progress
    const [notice] = await transaction.jobRun.updateManyAndReturn({
      where: { id: held.runId, status: 'RUNNING', attempt: held.attempt, fence: held.fence },
      data: {
        revision: { increment: 1 },
        lastLogSeq: { increment: lines.length },
        ...(counts && countColumns(counts)),
        ...(rowsPerSecond !== undefined && { rowsPerSecond }),
      },
      select: { id: true, connectorId: true, revision: true, lastLogSeq: true },
    })
    if (notice === undefined) return null
    await saveProgress(transaction, held, notice.lastLogSeq, progress)
    return notice
  })

/** @param lastSeq of the newest of the lines */
export const saveProgress = async (
  transaction: TransactionClient,
  { runId, attempt }: Held,
  lastSeq: number,
  { lines = [], steps = [], rejected = [] }: Progress,
): Promise<void> => {
  await appendLines(transaction, runId, lastSeq, lines)
  await saveSteps(transaction, runId, attempt, steps)
  await saveRejectedRows(transaction, runId, rejected)
}

const saveRejectedRows = async (transaction: TransactionClient, runId: string, rows: readonly RejectedRow[]): Promise<void> => {
  if (rows.length === 0) return
  await transaction.$executeRaw`
    INSERT INTO platform.rejected_rows (run_id, ordinal, stream, position, key, "column", raw_value, rule)
    SELECT ${runId}, (SELECT coalesce(max(ordinal), 0) FROM platform.rejected_rows WHERE run_id = ${runId}) + row.ordinal,
      row.stream, row.position, row.key, row.column_name, row.raw_value, row.rule
    FROM unnest(${rows.map(({ stream }) => stream)}::text[], ${rows.map(({ position }) => position)}::bigint[], ${rows.map(({ key }) => key && toStorable(key))}::text[],
      ${rows.map(({ column }) => column)}::text[], ${rows.map(({ rawValue }) => rawValue && toStorable(rawValue))}::text[], ${rows.map(({ rule }) => rule)}::text[])
      WITH ORDINALITY AS row (stream, position, key, column_name, raw_value, rule, ordinal)`
}
