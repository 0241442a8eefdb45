/** Keeps the leases of the runs that this worker holds, by a thread that a busy event loop cannot delay. */

import { Worker } from 'node:worker_threads'
import type { Held } from '@aiia/store/claim-run'

export type LeaseThreadInput = { databaseUrl: string; logLevel: string }
export type LeaseCommand = { type: 'keep' | 'release'; held: Held } | { type: 'alive' } | { type: 'close' }
/** Another attempt or a cancel has taken the run. */
export type LeaseLost = Held

export type LeaseKeeper = {
  /** @param lost is called once, when another attempt or a cancel has taken the run */
  keep(held: Held, lost: () => void): void
  release(held: Held): void
  close(): Promise<void>
}

const aliveEveryMs = 1_000

/** Where the thread ends by itself the worker ends with it, by an uncaught error: without it, it would lose its runs. */
export const startLeaseKeeper = (workerData: LeaseThreadInput): LeaseKeeper => {
  const kept = new Map<string, { fence: number; lost: () => void }>()
  const thread = new Worker(new URL('./lease-thread.js', import.meta.url), { workerData, name: 'leases', env: {} })
  const tell = (command: LeaseCommand): void => thread.postMessage(command)
  const pulse = setInterval(() => tell({ type: 'alive' }), aliveEveryMs)
  let closing = false
  thread.on('message', ({ runId, fence }: LeaseLost) => {
    const one = kept.get(runId)
    if (one?.fence !== fence) return
    kept.delete(runId)
    one.lost()
  })
  const exited = new Promise<void>((resolve) => {
    thread.once('exit', () => {
      resolve()
      if (!closing) throw new Error('The thread that renews leases has ended.')
    })
  })
  const name = ({ runId, attempt, fence }: Held): Held => ({ runId, attempt, fence })
  return {
    keep: (held, lost) => {
      kept.set(held.runId, { fence: held.fence, lost })
      tell({ type: 'keep', held: name(held) })
    },
    release: (held) => {
      if (kept.get(held.runId)?.fence === held.fence) kept.delete(held.runId)
      tell({ type: 'release', held: name(held) })
    },
    close: async () => {
      closing = true
      clearInterval(pulse)
      tell({ type: 'close' })
      await exited
    },
  }
}
