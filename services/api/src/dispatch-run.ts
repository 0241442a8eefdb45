/** Gives a requested run to the queue at once; what fails here is relayed from the outbox by the scheduler. */

import { deliverySent } from '@aiia/store/outbox'
import type { Services } from './context.ts'

export type RequestedRun = { id: string; attempt: number; connectorId: string; revision: number; lastLogSeq: number }

/** The answer to whoever asked does not wait for this. */
export const dispatchRun = (
  { prisma, messaging, background }: Pick<Services, 'prisma' | 'messaging' | 'background'>,
  { id, attempt, connectorId, revision, lastLogSeq }: RequestedRun,
): void => {
  background.run('delivery of a run', async () => {
    await messaging.deliver('runs', `${id}-${attempt}`, { runId: id, attempt })
    await deliverySent({ prisma }, { runId: id, attempt })
  })
  background.run('notice of a run', () => messaging.feed.publish('job-run', { id, connectorId, revision, lastLogSeq }))
}
