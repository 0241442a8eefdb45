/** The readings of a run's rate: one small row a run, written with its progress. */

import type { RateSeries } from '@aiia/core/job-run/rate-series'
import type { TransactionClient } from '@aiia/prisma/client'
import type { StoreContext } from './context.ts'

export const saveRateSeries = async (
  transaction: TransactionClient,
  runId: string,
  { everyMs, elapsedMs, read }: RateSeries,
): Promise<void> => {
  await transaction.$executeRaw`
    INSERT INTO platform.rate_series (run_id, every_ms, elapsed_ms, read) VALUES (${runId}, ${everyMs}, ${elapsedMs}::bigint[], ${read}::bigint[])
    ON CONFLICT (run_id) DO UPDATE SET every_ms = excluded.every_ms, elapsed_ms = excluded.elapsed_ms, read = excluded.read`
}

/** @returns those that there are, by run */
export const readRateSeries = async ({ prisma }: StoreContext, runIds: string[]): Promise<Map<string, RateSeries>> => {
  const stored = await prisma.storedRateSeries.findMany({ where: { runId: { in: runIds } } })
  return new Map(
    stored.map(({ runId, everyMs, elapsedMs, read }) => [runId, { everyMs, elapsedMs: elapsedMs.map(Number), read: read.map(Number) }]),
  )
}
