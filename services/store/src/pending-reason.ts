/** Why a run waits, in words. */

import { logTime } from '@aiia/core/job-run/log-line'
import type { JobRunStatus } from '@aiia/core/job-run/status'
import type { StoreContext } from './context.ts'
import { type Maintenance, maintenanceNow } from './maintenance.ts'
import { listWorkers, type WorkerStatus } from './workers.ts'

export type WaitingRun = {
  id: string
  number: number
  status: JobRunStatus
  queuedAt: Date
  availableAt: Date
  attempt: number
  sourceHost: string | null
}

/** A run that has waited no longer than this needs no explanation. */
const patienceMs = 5_000

/** @returns for each run that is PENDING its reason, null while it has hardly waited */
export const pendingReasons = async ({ prisma }: StoreContext, runs: readonly WaitingRun[]): Promise<Map<string, string | null>> => {
  const now = Date.now()
  const pending = runs.filter(({ status }) => status === 'PENDING')
  const isLate = ({ availableAt }: WaitingRun) => now - availableAt.getTime() > patienceMs
  const maintenance = pending.length > 0 ? await maintenanceNow({ prisma }) : null
  const late = pending.filter(isLate).map(({ id }) => id)
  const online = late.length > 0 ? (await listWorkers({ prisma })).filter((worker) => worker.online) : []
  const [slots, busy] = [online.reduce((sum, worker) => sum + worker.slots, 0), online.reduce((sum, worker) => sum + worker.busy, 0)]
  const hosts = await crowdedHosts({ prisma }, online, pending.filter(isLate))
  const positions = late.length > 0 && slots > 0 && busy >= slots ? await queuePositions({ prisma }, late) : new Map<string, number>()
  return new Map(pending.map((run) => [run.id, reasonOf(run)]))

  function reasonOf(run: WaitingRun): string | null {
    if (maintenance !== null) return pausedReason(maintenance)
    if (run.availableAt.getTime() > now) return `Waiting to start attempt ${run.attempt} at ${logTime(run.availableAt)} UTC.`
    if (!isLate(run)) return null
    if (online.length === 0) return 'No worker is online. Start one; the run then begins by itself.'
    const place = hosts.get(run.id)
    if (place !== undefined)
      return `${place.running === 1 ? '1 run reads' : `${place.running} runs read`} from ${run.sourceHost}, as many as may at once; position ${place.position} among those that wait for it.`
    const position = positions.get(run.id)
    if (position === undefined) return 'Waiting for a worker to take it.'
    return `All ${slots} worker slots are busy; position ${position} in the queue.`
  }
}

/** @returns from 1; nothing for a run that was taken meanwhile */
const queuePositions = async ({ prisma }: StoreContext, ids: readonly string[]): Promise<Map<string, number>> => {
  const rows = await prisma.$queryRaw<{ id: string; position: number }[]>`
    SELECT id, position FROM (
      SELECT id, row_number() OVER (ORDER BY available_at, number)::int AS position
      FROM platform.job_runs WHERE status = 'PENDING' AND available_at <= now()) queue
    WHERE id = ANY (${[...ids]}::text[])`
  return new Map(rows.map(({ id, position }) => [id, position]))
}

const pausedReason = ({ since, by, reason }: Maintenance): string =>
  `Paused for maintenance since ${logTime(since)} UTC by ${by}${reason === '' ? '' : `: ${reason}`}. It starts when the platform is resumed.`

type Place = { id: string; running: number; position: number }

/** @returns for each run that waits for its server: how many read from it, and which of those that wait is next, from 1 */
const crowdedHosts = async (
  { prisma }: StoreContext,
  online: readonly Pick<WorkerStatus, 'runsPerSourceHost'>[],
  late: readonly WaitingRun[],
): Promise<Map<string, Place>> => {
  const limit = Math.max(...online.map(({ runsPerSourceHost }) => runsPerSourceHost ?? Number.POSITIVE_INFINITY))
  const hosts = [...new Set(late.flatMap(({ sourceHost }) => sourceHost ?? []))]
  if (hosts.length === 0 || !Number.isFinite(limit)) return new Map()
  const rows = await prisma.$queryRaw<Place[]>`
    SELECT id, running, position FROM (
      SELECT id, status, count(*) FILTER (WHERE status = 'RUNNING') OVER (PARTITION BY source_host)::int AS running,
        row_number() OVER (PARTITION BY source_host, status ORDER BY available_at, number)::int AS position
      FROM platform.job_runs WHERE source_host = ANY (${hosts}::text[]) AND (status = 'RUNNING' OR (status = 'PENDING' AND available_at <= now()))) at_hosts
    WHERE status = 'PENDING' AND running >= ${limit}`
  return new Map(rows.map((place) => [place.id, place]))
}
