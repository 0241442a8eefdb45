/** The commit guard: holds the run's row on the platform's database while the destination commits. */

import type { StreamReceipt } from '@aiia/core/sync/receipt'
import { type CommitGuard, LeaseLostError } from '@aiia/engine/commit-guard'
import type { Held } from '@aiia/store/claim-run'
import { fenceQuery } from '@aiia/store/fence'
import pg from 'pg'

type Databases = { databaseUrl: string; destinationUrl: string }

/**
 * The fence is checked, and the platform told of the commit, in one statement that locks the run until the commit is
 * through: who cancels the run meanwhile waits, and then knows of it.
 *
 * On the same database it is part of the commit's own transaction. On another server a transaction of the
 * platform holds the run's row around the commit; what a crash between the two leaves, the destination's ledger tells.
 */
export const createCommitGuard = (held: Held, { databaseUrl, destinationUrl }: Databases): CommitGuard => {
  const check = async (
    client: { query(text: string, values: unknown[]): Promise<{ rowCount: number | null }> },
    receipt: StreamReceipt | null,
  ): Promise<void> => {
    const { text, values } = fenceQuery(held, receipt)
    const { rowCount } = await client.query(text, values)
    if (rowCount !== 1) throw new LeaseLostError('The run is no longer held by this attempt.')
  }
  if (databaseUrl === destinationUrl) {
    return async (transaction, commit, receipt) => {
      await check(transaction, receipt)
      await commit()
    }
  }
  return async (_transaction, commit, receipt) => {
    const platform = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'AIIA Data Refresh fence',
      connectionTimeoutMillis: 10_000,
    })
    platform.on('error', () => {})
    await platform.connect()
    try {
      await platform.query('BEGIN')
      await check(platform, receipt)
      await commit()
      await platform.query('COMMIT')
    } finally {
      await platform.end().catch(() => {})
    }
  }
}
