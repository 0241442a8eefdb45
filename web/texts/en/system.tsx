/** The page that tells whether the platform is well. */

import type { ReactNode } from 'react'
import { formatCount } from '@/ui/format.ts'

export const title = 'System'
export const description = 'What the platform runs on, and how busy it is.'

export const workersOnline = 'Workers online'
export const known = (workers: number) => `${formatCount(workers)} known`
export const slotsBusy = 'Slots busy'
export const slotsNote = 'runs at the same time'
export const waitingRuns = 'Waiting runs'
/** @param time such as "3h ago" */
export const oldestQueued = (time: ReactNode) => <>oldest queued {time}</>
export const mode = 'Mode'
/** By the mode that the platform reports. */
export const modeNames: Record<string, string> = { embedded: 'Embedded', redis: 'Redis' }
export const modeNotes: Record<string, string> = {
  embedded: 'all of it in Postgres',
  redis: 'queue and feed in Redis',
}

export const waitsLongest = 'Waits longest'
export const justQueued = 'It was only just queued.'

export const workers = 'Workers'
export const noWorkers = 'No worker has reported'
export const noWorkersHint = 'Runs wait until a worker starts. Start one with the same DATABASE_URL, and REDIS_URL where it is set.'
export const worker = 'Worker'
export const state = 'State'
export const slots = 'Slots'
export const started = 'Started'
export const workerProcess = (pid: number, version: string) => `process ${pid}, ${version}`
/** Names the bar. */
export const busySlotsOf = (host: string) => `Busy slots of ${host}`
export const busySlots = (busy: number, slots: number) => `${busy} of ${slots}`
/** In place of the runs of a worker. */
export const noRuns = 'none'
/** @param run its number and connector */
export const runRead = (run: ReactNode, records: number) => (
  <>
    {run} {formatCount(records)} read
  </>
)

export const online = 'Online'
export const silent = 'Silent'
/** @param time such as "3h ago" */
export const seen = (time: ReactNode) => <>seen {time}</>

export const schedulers = 'Schedulers'
export const noSchedulers = 'No scheduler has reported'
export const noSchedulersHint = 'Start one with the same DATABASE_URL, and REDIS_URL where it is set.'
/** @param time such as "3h ago" */
export const schedulerProcess = (pid: number, version: string, time: ReactNode) => (
  <>
    process {pid}, {version}, started {time}
  </>
)

export const servers = 'Servers'
export const database = 'Database'
export const queueAndFeed = 'Queue and feed'
export const redis = 'Redis'
export const redisNotUsed = 'not used: Postgres carries queue and feed'
export const platform = 'Platform'
/** In place of the version of a server. */
export const doesNotAnswer = 'does not answer'
/** How long a server took to answer. */
export const latency = (ms: number | null) => <>{ms} ms</>
export const unreachable = 'Unreachable'
