/** What is not well with the platform, in words for an administrator, the gravest first. */

import type { SchedulerStatus } from '@aiia/store/schedulers'
import type { WorkerStatus } from '@aiia/store/workers'

export type SystemProblem = {
  /** Stable name, for scripts that watch. */
  code: string
  severity: 'ERROR' | 'WARNING'
  title: string
  /** What follows from it, and what to do. */
  resolution: string
}

export type ServerStatus = { reachable: boolean; latencyMs: number | null; version: string | null }

export type Vitals = {
  version: string
  paused: boolean
  workers: readonly Pick<WorkerStatus, 'host' | 'pid' | 'online' | 'version' | 'slots' | 'busy'>[]
  schedulers: readonly Pick<SchedulerStatus, 'host' | 'pid' | 'online' | 'version'>[]
  database: ServerStatus
  /** null where Postgres carries queue and feed. */
  redis: ServerStatus | null
  /** How long the run waits that waits longest; null where none does. */
  oldestPendingMs: number | null
}

const slowDatabaseMs = 250
const longWaitMs = 5 * 60_000

export const problemsOf = (vitals: Vitals): SystemProblem[] => {
  const problems = [noWorker, noScheduler, redisAway, silentWorkers, longWait, slowDatabase, otherVersions].flatMap(
    (find) => find(vitals) ?? [],
  )
  return problems.sort((a, b) => Number(b.severity === 'ERROR') - Number(a.severity === 'ERROR'))
}

type Find = (vitals: Vitals) => SystemProblem | null

const noWorker: Find = ({ workers }) =>
  workers.some(({ online }) => online)
    ? null
    : {
        code: 'NO_WORKER_ONLINE',
        severity: 'ERROR',
        title: 'No worker is online',
        resolution:
          'Runs wait until one is. Start a worker with the same DATABASE_URL, and REDIS_URL where it is set; what waits then starts by itself.',
      }

const noScheduler: Find = ({ schedulers }) =>
  schedulers.some(({ online }) => online)
    ? null
    : {
        code: 'NO_SCHEDULER_ONLINE',
        severity: 'ERROR',
        title: 'No scheduler is online',
        resolution:
          'Schedules do not fire, failed attempts are not tried again, and runs of lost workers are not found. Start the scheduler; missed runs follow the policy of their schedule.',
      }

const redisAway: Find = ({ redis }) =>
  redis === null || redis.reachable
    ? null
    : {
        code: 'REDIS_UNREACHABLE',
        severity: 'ERROR',
        title: 'Redis does not answer',
        resolution:
          'Runs that are asked for wait, and pages hear of changes late. Check that Redis runs and that REDIS_URL is right. Nothing is lost: all of it is in Postgres.',
      }

const silentWorkers: Find = ({ workers }) => {
  const silent = workers.filter(({ online }) => !online)
  if (silent.length === 0) return null
  return {
    code: 'WORKER_SILENT',
    severity: 'WARNING',
    title: `${silent.length === 1 ? 'A worker has' : `${silent.length} workers have`} fallen silent: ${silent.map(nameOf).join(', ')}`,
    resolution:
      'Its runs are given to others within two minutes, and it leaves the list after ten. Where it was not stopped on purpose, look at its host and its log.',
  }
}

const longWait: Find = ({ oldestPendingMs, paused, workers }) => {
  if (oldestPendingMs === null || oldestPendingMs < longWaitMs || paused) return null
  const online = workers.filter((worker) => worker.online)
  if (online.length === 0) return null
  const full = online.every(({ busy, slots }) => busy >= slots)
  return {
    code: 'RUNS_WAIT_LONG',
    severity: 'WARNING',
    title: `A run has waited for ${Math.floor(oldestPendingMs / 60_000)} minutes`,
    resolution: full
      ? 'All slots are busy. Start another worker, or raise WORKER_CONCURRENCY of those there are.'
      : 'Slots are free, so something else holds it back: its page says what.',
  }
}

const slowDatabase: Find = ({ database }) =>
  database.latencyMs === null || database.latencyMs < slowDatabaseMs
    ? null
    : {
        code: 'DATABASE_SLOW',
        severity: 'WARNING',
        title: `The database takes ${Math.round(database.latencyMs)} ms to answer`,
        resolution: 'Everything waits for it. Look at its load, its disk, and the network between it and the API.',
      }

const otherVersions: Find = ({ version, workers, schedulers }) => {
  const others = [...workers, ...schedulers].filter((process) => process.online && process.version !== version)
  if (others.length === 0) return null
  return {
    code: 'VERSIONS_DIFFER',
    severity: 'WARNING',
    title: `Other releases than ${version} are running: ${[...new Set(others.map((process) => `${process.version} (${nameOf(process)})`))].join(', ')}`,
    resolution: 'That is well during an upgrade. Bring all of them to one release before long.',
  }
}

const nameOf = ({ host, pid }: { host: string; pid: number }): string => `${host}, process ${pid}`
