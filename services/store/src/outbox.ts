/** Deliveries that the queue has still to be given. */

import type { StoreContext } from './context.ts'

export type DueDelivery = { runId: string; attempt: number }

export const dueDeliveries = async ({ prisma }: StoreContext, { limit }: { limit: number }): Promise<DueDelivery[]> =>
  prisma.$queryRaw<DueDelivery[]>`
    SELECT run_id AS "runId", attempt FROM platform.outbox WHERE available_at <= now() ORDER BY available_at LIMIT ${limit}`

/** The queue has it. Giving it twice does no harm: the second claim finds the run taken. */
export const deliverySent = async ({ prisma }: StoreContext, { runId, attempt }: DueDelivery): Promise<void> => {
  await prisma.outboxEntry.deleteMany({ where: { runId, attempt } })
}

/** @returns milliseconds until the next delivery is due, null when there is none */
export const nextDeliveryInMs = async ({ prisma }: StoreContext): Promise<number | null> => {
  const [row] = await prisma.$queryRaw<{ ms: number | null }[]>`
    SELECT (extract(epoch FROM min(available_at) - now()) * 1000)::float8 AS ms FROM platform.outbox`
  return row?.ms == null ? null : Math.max(0, row.ms)
}
