/** Renews the leases of all runs that this worker holds, in one statement, and says which were lost. */

import type { Logger } from '@aiia/kit/logger'
import { type Held, renewLeases } from '@aiia/store/claim-run'
import type { StoreContext } from '@aiia/store/context'

/** A worker that was silent for this long has lost its runs. */
export const leaseMs = 10_000
const renewEveryMs = 2_500

export type LeaseKeeper = {
  /** @param lost is called once, when another attempt or a cancel has taken the run */
  keep(held: Held, lost: () => void): void
  release(held: Held): void
  close(): void
}

export const createLeaseKeeper = ({ prisma, log }: StoreContext & { log: Logger }): LeaseKeeper => {
  const kept = new Map<string, { held: Held; lost: () => void }>()
  const renew = async (): Promise<void> => {
    const asked = [...kept.values()]
    const still = await renewLeases({ prisma }, { claims: asked.map(({ held }) => held), leaseMs })
    for (const { held, lost } of asked) {
      if (still.has(held.runId) || !kept.has(held.runId)) continue
      kept.delete(held.runId)
      lost()
    }
  }
  let renewing = false
  const timer = setInterval(() => {
    if (renewing || kept.size === 0) return
    renewing = true
    // A database that is away cannot take the run from us either: the commit asks it again.
    renew()
      .catch((error: unknown) => log.warn({ err: error }, 'leases not renewed, will try again'))
      .finally(() => {
        renewing = false
      })
  }, renewEveryMs)
  return {
    keep: (held, lost) => void kept.set(held.runId, { held, lost }),
    release: ({ runId }) => void kept.delete(runId),
    close: () => clearInterval(timer),
  }
}
