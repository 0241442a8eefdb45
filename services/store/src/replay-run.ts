/** The rows that a run rejected are read again, after what was wrong has been corrected. */

import type { TransactionClient } from '@aiia/prisma/client'
import { note } from './audit.ts'
import type { StoreContext } from './context.ts'
import { RunRefusedError } from './errors.ts'
import { insertRun, ofRun, type RequestedRun } from './request-run.ts'
import { lockConnectorOf, type RunToDoAgain } from './run-again.ts'

/** Of one stream: `kept` of its rejected rows are there whole. */
type RejectedOfStream = { stream: string; kept: number; committed: boolean; exists: boolean }

/**
 * Asks for a run of the streams that the other one committed without those rows, with the connector as it is now.
 *
 * @param replay.retryOfId the run that is linked, where it is not the one whose rows they are
 * @throws RunRefusedError where there is nothing to replay; RunNotFoundError, ConnectorNotFoundError, ActiveRunError
 */
export const replayRejectedRows = async (
  { prisma, actor }: StoreContext,
  { runId, retryOfId = runId, requestedBy }: { runId: string; retryOfId?: string; requestedBy: string | null },
): Promise<RequestedRun> =>
  prisma.$transaction(async (transaction) => {
    const run = await lockConnectorOf(transaction, runId)
    const { connectorId, number } = run
    const replay = await insertRun(transaction, {
      connectorId,
      trigger: 'RETRY',
      requestedBy,
      retryOfId,
      streams: replayable(run, await rejectedByStream(transaction, run)),
      replay: { runId, number },
      reason: `Replay of the rows that run #${number} rejected.`,
    })
    const { subject, details } = ofRun(replay)
    await note(transaction, actor, { action: 'ROWS_REPLAYED', subject, details: { ...details, rowsOf: `#${number}` } })
    return replay
  })

const rejectedByStream = (transaction: TransactionClient, { id, connectorId }: RunToDoAgain): Promise<RejectedOfStream[]> =>
  transaction.$queryRaw`
    SELECT rejected.stream, rejected.kept,
      EXISTS (SELECT FROM platform.stream_commits c WHERE c.run_id = ${id} AND c.stream = rejected.stream) AS committed,
      EXISTS (SELECT FROM platform.streams s WHERE s.connector_id = ${connectorId} AND s.name = rejected.stream) AS "exists"
    FROM (SELECT stream, count("row")::int AS kept, min(ordinal) AS first FROM platform.rejected_rows WHERE run_id = ${id} GROUP BY stream) rejected
    ORDER BY rejected.first`

/** @throws RunRefusedError where there are none */
const replayable = (run: RunToDoAgain, streams: readonly RejectedOfStream[]): string[] => {
  const { number, rejectedRowsRemovedAt } = run
  const refuse = (why: string): never => {
    throw new RunRefusedError(run, why)
  }
  if (rejectedRowsRemovedAt !== null)
    refuse(`The rejected rows of run #${number} are no longer kept: the connector’s retention has removed them. Run Sync Now instead.`)
  if (streams.length === 0) refuse(`Run #${number} has no rejected rows, so there is nothing to replay.`)
  const problems = streams.map((stream) => ({ name: stream.stream, problem: problemOf(stream, number) }))
  const good = problems.filter(({ problem }) => problem === null)
  return good.length > 0 ? good.map(({ name }) => name) : refuse(problems.map(({ problem }) => problem).join(' '))
}

const problemOf = ({ stream, kept, committed, exists }: RejectedOfStream, number: number): string | null => {
  if (!exists) return `The connector no longer has the stream "${stream}".`
  if (!committed) return `Nothing of stream "${stream}" was committed by run #${number}, so run Sync Now instead.`
  if (kept > 0) return null
  return `The rejected rows of stream "${stream}" were not kept whole: they are too large, are not text, or hold values that nobody may see. Run Sync Now instead.`
}
