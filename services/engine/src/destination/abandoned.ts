/** What runs have staged that will not go on: their attempts could not know that they were the last. */

import pg from 'pg'
import { dropStaged, runsWithStaged } from './checkpoints.ts'

type Destination = { url: string; schema: string }

/**
 * @param active tells which of these runs may still go on
 * @returns how many runs were cleaned up after
 */
export const dropAbandoned = async (
  { url, schema }: Destination,
  active: (runIds: readonly string[]) => Promise<readonly string[]>,
): Promise<number> => {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'AIIA Data Refresh sweep',
    connectionTimeoutMillis: 10_000,
    lock_timeout: 10_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const session = {
      staging: `${schema}_staging`,
      query: <R extends pg.QueryResultRow>(sql: string, values: unknown[] = []) => client.query<R>(sql, values),
    }
    const staged = await runsWithStaged(session)
    if (staged.length === 0) return 0
    const going = new Set(await active(staged))
    const abandoned = staged.filter((id) => !going.has(id))
    for (const id of abandoned) {
      await client.query('BEGIN')
      await dropStaged(session, 'run_id = $1', [id])
      await client.query('COMMIT')
    }
    return abandoned.length
  } finally {
    await client.end().catch(() => {})
  }
}
