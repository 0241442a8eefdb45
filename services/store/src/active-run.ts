/** A connector has at most one run that is PENDING or RUNNING. */

import { activeStatuses } from '@aiia/core/job-run/status'
import type { TransactionClient } from '@aiia/prisma/client'
import { ActiveRunError } from './errors.ts'

type Client = Pick<TransactionClient, 'jobRun'>

export const findActiveRun = ({ jobRun }: Client, connectorId: string): Promise<{ id: string; number: number } | null> =>
  jobRun.findFirst({ where: { connectorId, status: { in: [...activeStatuses] } }, select: { id: true, number: true } })

/** @returns those of these runs that are PENDING or RUNNING */
export const activeAmong = async ({ jobRun }: Client, ids: readonly string[]): Promise<string[]> =>
  (await jobRun.findMany({ where: { id: { in: [...ids] }, status: { in: [...activeStatuses] } }, select: { id: true } })).map(
    ({ id }) => id,
  )

/** @throws ActiveRunError */
export const refuseWhileActive = async (client: Client, connectorId: string): Promise<void> => {
  const active = await findActiveRun(client, connectorId)
  if (active !== null) throw new ActiveRunError(active)
}
