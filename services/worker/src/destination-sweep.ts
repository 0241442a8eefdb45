/** Takes away what runs have staged in the destination that will not go on. */

import { dropAbandoned } from '@aiia/engine/destination/abandoned'
import type { Logger } from '@aiia/kit/logger'
import { activeAmong } from '@aiia/store/active-run'
import type { StoreContext } from '@aiia/store/context'

export type DestinationSweep = {
  /** Now, or once more after the sweep that is under way. */
  wake(): void
  /** Waits for the one under way. */
  stop(): Promise<void>
}

/** A run may have ended without a worker of its own: that of a lost one, or one cancelled while it waited. */
const sweepEveryMs = 60_000

export const startDestinationSweep = (
  { prisma, log }: StoreContext & { log: Logger },
  destination: { url: string; schema: string },
): DestinationSweep => {
  let underWay: Promise<void> | undefined
  let again = false
  const sweep = async (): Promise<void> => {
    do {
      again = false
      try {
        const runs = await dropAbandoned(destination, (ids) => activeAmong(prisma, ids))
        if (runs > 0) log.info({ runs }, 'staged chunks of ended runs removed')
      } catch (error) {
        log.warn({ err: error }, 'staged chunks of ended runs not removed, will try again')
      }
    } while (again)
  }
  const wake = (): void => {
    if (underWay === undefined) {
      underWay = sweep().finally(() => {
        underWay = undefined
      })
    } else again = true
  }
  const timer = setInterval(wake, sweepEveryMs)
  return {
    wake,
    stop: async () => {
      clearInterval(timer)
      again = false
      await underWay
    },
  }
}
