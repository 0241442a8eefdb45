/** Commits the destination's transaction, if the run is still this attempt's. */

import type { StreamReceipt } from '@aiia/core/sync/receipt'
import type { StreamContext } from './stream-context.ts'

/** @param receipt of the stream whose records become visible with it; null for a chunk, which stays out of sight */
export const commit = ({ destination, guard }: StreamContext, receipt: StreamReceipt | null): Promise<void> =>
  guard(
    destination.client,
    async () => {
      await destination.client.query('COMMIT')
    },
    receipt,
  )
