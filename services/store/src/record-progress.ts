/** What a running attempt reports: counts, steps, log lines, rejected rows. All of it is fenced. */

import type { RecordCounts } from '@aiia/core/job-run/counts'
import { type LogEntry, toStorable } from '@aiia/core/job-run/log-line'
import type { RateSeries } from '@aiia/core/job-run/rate-series'
import type { JobStep } from '@aiia/core/job-run/step'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import type { TransactionClient } from '@aiia/prisma/client'
import { appendLines, countColumns, saveSteps } from './append-lines.ts'
import type { Held } from './claim-run.ts'
import type { StoreContext } from './context.ts'
import type { Notice } from './notice.ts'
import { saveRateSeries } from './rate-series.ts'

export type Progress = {
  counts?: RecordCounts | undefined
  rowsPerSecond?: number | null | undefined
  /** Where it has a new reading. */
  rateSeries?: RateSeries | undefined
  steps?: readonly JobStep[]
  lines?: readonly LogEntry[]
  rejected?: readonly RejectedRow[]
  begun?: readonly BegunStream[]
}

/** A stream that is read from the row behind so many on: none of its rows from there is committed. */
export type BegunStream = { stream: string; behind: number }

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
  { lines = [], steps = [], rejected = [], begun = [], rateSeries }: Progress,
): Promise<void> => {
  await appendLines(transaction, runId, lastSeq, lines)
  await saveSteps(transaction, runId, attempt, steps)
  for (const stream of begun) await forgetBefore(transaction, runId, stream)
  await saveRejectedRows(transaction, runId, rejected)
  if (rateSeries) await saveRateSeries(transaction, runId, rateSeries)
}

/** What an earlier attempt rejected of the rows that are read again; those without a position were found behind all others. */
const forgetBefore = async (transaction: TransactionClient, runId: string, { stream, behind }: BegunStream): Promise<void> => {
  await transaction.rejectedRow.deleteMany({ where: { runId, stream, OR: [{ position: null }, { position: { gt: behind } }] } })
  await transaction.commitIntent.deleteMany({ where: { runId, stream } })
}

const saveRejectedRows = async (transaction: TransactionClient, runId: string, rows: readonly RejectedRow[]): Promise<void> => {
  if (rows.length === 0) return
  await transaction.$executeRaw`
    INSERT INTO platform.rejected_rows (run_id, ordinal, stream, position, place, key, "column", raw_value, rule, "row")
    SELECT ${runId}, (SELECT coalesce(max(ordinal), 0) FROM platform.rejected_rows WHERE run_id = ${runId}) + new.ordinal,
      new.stream, new.position, new.place, new.key, new.column_name, new.raw_value, new.rule, new.source_row::jsonb
    FROM unnest(${rows.map(({ stream }) => stream)}::text[], ${rows.map(({ position }) => position)}::bigint[],
      ${rows.map(({ place }) => place && toStorable(place))}::text[], ${rows.map(({ key }) => key && toStorable(key))}::text[],
      ${rows.map(({ column }) => column)}::text[], ${rows.map(({ rawValue }) => rawValue && toStorable(rawValue))}::text[],
      ${rows.map(({ rule }) => toStorable(rule))}::text[], ${rows.map(({ row }) => row && storableRow(row))}::text[])
      WITH ORDINALITY AS new (stream, position, place, key, column_name, raw_value, rule, source_row, ordinal)`
}

/** As JSON; null where Postgres could not give back the very same values: a row that was altered must not be replayed. */
const storableRow = (row: NonNullable<RejectedRow['row']>): string | null =>
  Object.entries(row)
    .flat()
    .every((text) => text === null || toStorable(text) === text)
    ? JSON.stringify(row)
    : null
