/** What all ways have in common by which a run is done again: retry, replay, and a corrected mapping. */

import type { RunConfiguration } from '@aiia/core/sync/configuration'
import type { TransactionClient } from '@aiia/prisma/client'
import { refuseWhileActive } from './active-run.ts'
import { ConnectorNotFoundError, RunNotFoundError } from './errors.ts'
import type { RunRequest } from './request-run.ts'

export type RunToDoAgain = { id: string; number: number; connectorId: string; rejectedRowsRemovedAt: Date | null }

/**
 * Keeps the run, and lets nobody start another run of its connector or change it, until the transaction has ended.
 *
 * @throws RunNotFoundError, ConnectorNotFoundError, ActiveRunError
 */
export const lockConnectorOf = async (transaction: TransactionClient, runId: string): Promise<RunToDoAgain> => {
  const [found] = await transaction.$queryRaw<(RunToDoAgain & { deleted: boolean })[]>`
    SELECT r.id, r.number, r.connector_id AS "connectorId", r.rejected_rows_removed_at AS "rejectedRowsRemovedAt", c.deleted_at IS NOT NULL AS deleted
    FROM platform.job_runs r JOIN platform.connectors c ON c.id = r.connector_id WHERE r.id = ${runId} FOR UPDATE OF c FOR SHARE OF r`
  if (found === undefined) throw new RunNotFoundError('There is no such run.')
  const { deleted, ...run } = found
  if (deleted) throw new ConnectorNotFoundError('There is no such connector.')
  await refuseWhileActive(transaction, run.connectorId)
  return run
}

/** The streams that the run had, as far as the connector still has them; nothing where these are all that it has, or none. */
export const samePart = (
  { streams, full }: Pick<RunConfiguration, 'streams' | 'full'>,
  now: readonly { name: string }[],
): Pick<RunRequest, 'streams' | 'full'> => {
  const ran = new Set(streams.map(({ name }) => name))
  const again = now.map(({ name }) => name).filter((name) => ran.has(name))
  const part = again.length > 0 && again.length < now.length
  return { ...(full && { full }), ...(part && { streams: again }) }
}
