/** Work that an answer does not wait for, and that a stop of the process does. */

import type { Logger } from '@aiia/kit/logger'

export type Background = {
  /** @param what names the work in the log when it fails */
  run(what: string, work: () => Promise<unknown>): void
  /** Resolves when all of it is done. */
  close(): Promise<void>
}

export const createBackground = ({ log }: { log: Logger }): Background => {
  const open = new Set<Promise<void>>()
  return {
    run: (what, work) => {
      const promise = work()
        .catch((err: unknown) => log.warn({ err }, `${what} failed`))
        .then(() => void open.delete(promise))
      open.add(promise)
    },
    close: async () => {
      await Promise.all(open)
    },
  }
}
