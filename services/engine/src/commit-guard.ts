/** The last word before a commit: is this attempt still the run's owner? */

import type { StreamReceipt } from '@aiia/core/sync/receipt'

/**
 * Called at the very end of a transaction, so that what it locks is locked for milliseconds.
 *
 * @param transaction the destination's connection, inside the transaction that is about to be committed
 * @param commit commits it
 * @param receipt of the stream whose records become visible with it; null for a chunk, which stays out of sight
 * @throws LeaseLostError when the run was cancelled, has ended, or belongs to another attempt: the engine rolls back
 */
export type CommitGuard = (
  transaction: { query(text: string, values: unknown[]): Promise<{ rowCount: number | null }> },
  commit: () => Promise<void>,
  receipt: StreamReceipt | null,
) => Promise<void>

export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}
