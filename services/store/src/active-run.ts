/** A connector has at most one run that is PENDING or RUNNING. */

import { activeStatuses } from '@aiia/core/job-run/status'
import type { TransactionClient } from '@aiia/prisma/client'
import { ActiveRunError } from './errors.ts'

type Client = Pick<TransactionClient, 'jobRun'>

export const findActiveRun = ({ jobRun }: Client, connectorId: string): Promise<{ id: string; number: number } | null> =>
  jobRun.findFirst({ where: { connectorId, status: { in: [...activeStatuses] } }, select: { id: true, number: true } })

/** @throws ActiveRunError */
export const refuseWhileActive = async (client: Client, connectorId: string): Promise<void> => {
  const active = await findActiveRun(client, connectorId)
  if (active !== null) throw new ActiveRunError(active)
}
