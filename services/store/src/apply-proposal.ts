/** The mapping that a failed run proposes is taken over, and the run done again, in one transaction. */

import { isDeepStrictEqual } from 'node:util'
import type { Failure } from '@aiia/core/failures/failure'
import { type FrozenConfiguration, thaw } from '@aiia/core/sync/configuration'
import { note } from './audit.ts'
import type { StoreContext } from './context.ts'
import { RunRefusedError } from './errors.ts'
import { insertRun, ofRun, type RequestedRun } from './request-run.ts'
import { lockConnectorOf, samePart } from './run-again.ts'
import { fromStoredStream, orNull } from './stored-streams.ts'

/**
 * @throws RunRefusedError where there is no proposal, or the stream is no longer the one that it was made for;
 *   RunNotFoundError, ConnectorNotFoundError, ActiveRunError
 */
export const applyMappingProposal = async (
  { prisma, actor }: StoreContext,
  { runId, requestedBy }: { runId: string; requestedBy: string | null },
): Promise<RequestedRun> =>
  prisma.$transaction(async (transaction) => {
    const locked = await lockConnectorOf(transaction, runId)
    const { connectorId, number } = locked
    const run = await transaction.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { failure: true, configuration: true } })
    const proposal = (run.failure as Failure | null)?.proposal ?? null
    if (proposal === null) throw new RunRefusedError(locked, `Run #${number} proposes no mapping.`)
    const frozen = thaw(run.configuration as unknown as FrozenConfiguration)
    const streams = await transaction.stream.findMany({ where: { connectorId }, orderBy: { position: 'asc' } })
    const stream = streams.find(({ name }) => name === proposal.stream)
    const before = frozen.streams.find(({ name }) => name === proposal.stream)
    if (stream === undefined || !isDeepStrictEqual(fromStoredStream(stream), before)) {
      throw new RunRefusedError(
        locked,
        `Stream "${proposal.stream}" was changed or removed after run #${number} was asked for, so its proposal no longer fits. Run Sync Now to see whether there is still a difference.`,
      )
    }
    await transaction.stream.update({ where: { id: stream.id }, data: { fields: orNull(proposal.fields) } })
    await transaction.connector.update({ where: { id: connectorId }, data: { updatedAt: new Date() } })
    const again = await insertRun(transaction, {
      connectorId,
      ...samePart(frozen, streams),
      trigger: 'RETRY',
      requestedBy,
      retryOfId: runId,
      reason: `The mapping that run #${number} proposed for stream "${proposal.stream}" was taken over.`,
    })
    const { subject, details } = ofRun(again)
    await note(transaction, actor, {
      action: 'MAPPING_APPLIED',
      subject,
      details: { ...details, stream: proposal.stream, proposedBy: `#${number}` },
    })
    return again
  })
