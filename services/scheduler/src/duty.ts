/** A duty is done again and again: when its time has come, or when an event says that there may be something to do. */

import type { Logger } from '@aiia/kit/logger'

export type Duty = {
  /** Does it now, or once more after the one that is under way. */
  wake(): void
  /** Waits for the one under way. */
  stop(): Promise<void>
}

/**
 * @param work does what is due, and answers in how many milliseconds to look again
 * @param afterFaultMs how long to wait when the database or the queue is away
 */
export const startDuty = (name: string, log: Logger, work: () => Promise<number>, afterFaultMs = 2_000): Duty => {
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> | undefined
  let [again, stopped, faulty] = [false, false, false]

  const turn = async (): Promise<number> => {
    try {
      const nextMs = await work()
      if (faulty) log.info({ duty: name }, 'works again')
      faulty = false
      return nextMs
    } catch (error) {
      // One line for each outage, not one for each try.
      if (!faulty) log.warn({ err: error, duty: name }, 'not possible now, will be tried again until it is')
      faulty = true
      return afterFaultMs
    }
  }
  const run = (): void => {
    clearTimeout(timer)
    if (stopped) return
    if (underWay !== undefined) {
      again = true
      return
    }
    underWay = turn().then((nextMs) => {
      underWay = undefined
      if (stopped) return
      timer = setTimeout(run, again ? 0 : nextMs)
      again = false
    })
  }
  run()
  return {
    wake: run,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
  }
}
