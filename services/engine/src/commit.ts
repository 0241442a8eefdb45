/** Commits the destination's transaction, if the run is still this attempt's. */

import type { StreamReceipt } from '@aiia/core/sync/receipt'
import type { StreamContext } from './stream-context.ts'

/**
 * The rejected rows are kept before: of what is committed none may be lost with the worker.
 *
 * @param receipt of the stream whose records become visible with it; null for a chunk, which stays out of sight
 */
export const commit = async ({ destination, guard, report }: StreamContext, receipt: StreamReceipt | null): Promise<void> => {
  await report.kept()
  await guard(
    destination.client,
    async () => {
      await destination.client.query('COMMIT')
    },
    receipt,
  )
}
