/** What a worker does every few seconds, on the store's own connection. */

import { type Held, renewalQuery } from '../claim-run.ts'
import type { StoreContext } from '../context.ts'

/** @returns the ids of the runs that are still held */
export const renewLeases = async (
  { prisma }: StoreContext,
  { claims, leaseMs }: { claims: readonly Held[]; leaseMs: number },
): Promise<Set<string>> => {
  const { text, values } = renewalQuery(claims, leaseMs)
  const held = await prisma.$queryRawUnsafe<{ id: string }[]>(text, ...values)
  return new Set(held.map(({ id }) => id))
}
