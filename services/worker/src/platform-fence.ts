/** The commit guard: holds the run's row on the platform's database while the destination commits. */

import { type CommitGuard, LeaseLostError } from '@aiia/engine/commit-guard'
import type { Held } from '@aiia/store/claim-run'
import { fenceQuery } from '@aiia/store/fence'
import pg from 'pg'

type Databases = { databaseUrl: string; destinationUrl: string }

/**
 * On the same database the fence is checked in the commit's own transaction. On another server a transaction of the
 * platform holds the run's row around the commit; what a crash between the two leaves, the destination's ledger tells.
 */
export const createCommitGuard = (held: Held, { databaseUrl, destinationUrl }: Databases): CommitGuard => {
  const fence = fenceQuery(held)
  const check = async (client: { query(text: string, values: unknown[]): Promise<{ rowCount: number | null }> }): Promise<void> => {
    const { rowCount } = await client.query(fence.text, fence.values)
    if (rowCount !== 1) throw new LeaseLostError('The run is no longer held by this attempt.')
  }
  if (databaseUrl === destinationUrl) {
    return async (transaction, commit) => {
      await check(transaction)
      await commit()
    }
  }
  return async (_transaction, commit) => {
    const platform = new pg.Client({ connectionString: databaseUrl, application_name: 'AIIA Data Refresh fence' })
    platform.on('error', () => {})
    await platform.connect()
    try {
      await platform.query('BEGIN')
      await check(platform)
      await commit()
      await platform.query('COMMIT')
    } finally {
      await platform.end().catch(() => {})
    }
  }
}
