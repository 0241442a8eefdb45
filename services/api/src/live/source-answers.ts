/** Waits for workers' answers to questions about sources: one subscription to the feed for all who wait. */

import type { Feed } from '@aiia/messaging/feed'

export type SourceAnswers = {
  /** Resolves when a worker told that it answered, or after `waitMs`: the answer itself is in the store. */
  told(requestId: string, waitMs: number): Promise<void>
  close(): Promise<void>
}

export const createSourceAnswers = async ({ feed }: { feed: Feed }): Promise<SourceAnswers> => {
  const waiting = new Map<string, () => void>()
  const unsubscribe = await feed.subscribe('source-request', ({ id }) => waiting.get(id)?.())
  return {
    told: (requestId, waitMs) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer)
          waiting.delete(requestId)
          resolve()
        }
        const timer = setTimeout(done, waitMs)
        waiting.set(requestId, done)
      }),
    close: async () => {
      await unsubscribe()
      for (const done of waiting.values()) done()
    },
  }
}
