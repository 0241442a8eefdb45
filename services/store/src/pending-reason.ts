/** Why a run waits, in words. */

import { logTime } from '@aiia/core/job-run/log-line'
import type { JobRunStatus } from '@aiia/core/job-run/status'
import type { StoreContext } from './context.ts'
import { listWorkers } from './workers.ts'

type WaitingRun = { id: string; number: number; status: JobRunStatus; queuedAt: Date; availableAt: Date; attempt: number }

/** A run that has waited no longer than this needs no explanation. */
const patienceMs = 5_000

/** @returns for each run that is PENDING its reason, null while it has hardly waited */
export const pendingReasons = async ({ prisma }: StoreContext, runs: readonly WaitingRun[]): Promise<Map<string, string | null>> => {
  const now = Date.now()
  const pending = runs.filter(({ status }) => status === 'PENDING')
  const isLate = ({ availableAt }: WaitingRun) => now - availableAt.getTime() > patienceMs
  const online = pending.some(isLate) ? (await listWorkers({ prisma })).filter((worker) => worker.online) : []
  const [slots, busy] = [online.reduce((sum, worker) => sum + worker.slots, 0), online.reduce((sum, worker) => sum + worker.busy, 0)]
  const reasons = new Map<string, string | null>()
  for (const run of pending) reasons.set(run.id, await reasonOf(run))
  return reasons

  async function reasonOf(run: WaitingRun): Promise<string | null> {
    if (run.availableAt.getTime() > now) return `Waiting to start attempt ${run.attempt} at ${logTime(run.availableAt)} UTC.`
    if (!isLate(run)) return null
    if (online.length === 0) return 'No worker is online. Start one; the run then begins by itself.'
    if (busy < slots) return 'Waiting for a worker to take it.'
    const ahead = await prisma.jobRun.count({ where: { status: 'PENDING', availableAt: { lt: run.availableAt } } })
    return `All ${slots} worker slots are busy; position ${ahead + 1} in the queue.`
  }
}
