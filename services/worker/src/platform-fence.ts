/** The commit guard: holds the run's row on the platform's database while the destination commits. */

import { type CommitGuard, LeaseLostError } from '@aiia/engine/commit-guard'
import type { Held } from '@aiia/store/claim-run'
import { fenceQuery, intentGivenUpQuery, intentQuery } from '@aiia/store/fence'
import pg from 'pg'

type Databases = { databaseUrl: string; destinationUrl: string }

/**
 * The fence is checked, and the platform told of the commit, in one statement that locks the run until the commit is
 * through: who cancels the run meanwhile waits, and then knows of it.
 *
 * On the same database it is part of the commit's own transaction. On another server a transaction of the platform holds the
 * run's row around the commit, and an intent is noted before: after a crash between the two the destination's ledger is asked.
 */
export const createCommitGuard = (held: Held, { databaseUrl, destinationUrl }: Databases): CommitGuard => {
  if (databaseUrl === destinationUrl) {
    return async (transaction, commit, receipt) => {
      await ask(transaction, fenceQuery(held, receipt))
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
    let isCommitted = false
    try {
      if (receipt !== null) await ask(platform, intentQuery(held, receipt.stream))
      await platform.query('BEGIN')
      await ask(platform, fenceQuery(held, receipt))
      await commit()
      isCommitted = true
      await platform.query('COMMIT')
    } catch (error) {
      if (receipt !== null && !isCommitted && saysNotCommitted(error)) await giveUp(platform, held, receipt.stream)
      throw error
    } finally {
      await platform.end().catch(() => {})
    }
  }
}

type Client = { query(text: string, values: unknown[]): Promise<{ rowCount: number | null }> }

/** @throws LeaseLostError */
const ask = async (client: Client, { text, values }: { text: string; values: unknown[] }): Promise<void> => {
  const { rowCount } = await client.query(text, values)
  if (rowCount !== 1) throw new LeaseLostError('The run is no longer held by this attempt.')
}

/** We did not come to it, or its server refused. A connection that broke says nothing. */
const saysNotCommitted = (error: unknown): boolean =>
  error instanceof LeaseLostError || (error instanceof pg.DatabaseError && error.severity === 'ERROR')

/** What is not given up is found out by the next attempt. */
const giveUp = async (platform: pg.Client, held: Held, stream: string): Promise<void> => {
  try {
    await platform.query('ROLLBACK')
    const { text, values } = intentGivenUpQuery(held, stream)
    await platform.query(text, values)
  } catch {}
}
