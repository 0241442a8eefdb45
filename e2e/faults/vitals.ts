/** What the processes of a platform hold, looked at from outside while nothing runs. */

import { readdirSync, readFileSync } from 'node:fs'
import { askRedis } from './redis.ts'
import type { Stage } from './stage.ts'

/** Of one process, or of one server. */
export type Vital = {
  name: string
  /** A process that was started anew is another one. */
  life: string
  /** By what is held: `memory` in MiB, the rest are numbers of things. */
  held: Record<string, number>
}

export const takeVitals = async (stage: Stage): Promise<Vital[]> => {
  const processes = Object.entries(stage.platform.processes).map(([name, { pid }]) => ({ name, life: String(pid), held: ofProcess(pid) }))
  return [...processes, { name: 'Postgres', life: '', held: await ofPostgres(stage) }, ...(await ofRedis(stage))]
}

const ofProcess = (pid: number): Record<string, number> => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const number = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1])
  return { memory: number('VmRSS') / 1_024, files: readdirSync(`/proc/${pid}/fd`).length, threads: number('Threads') }
}

const ofPostgres = async ({ database }: Stage): Promise<Record<string, number>> => {
  const [row] = await database.query<Record<string, string>>(
    `SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()) AS connections,
       (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%') AS transactions,
       (SELECT count(*) FROM pg_class WHERE relpersistence = 't') AS "temporary tables",
       (SELECT count(*) FROM pg_tables WHERE schemaname = 'destination_staging' AND tablename NOT IN ('ledger', 'checkpoints', 'stream_states')) AS "staging tables"`,
  )
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, count]) => [name, Number(count)]))
}

const ofRedis = async ({ platform: { redis } }: Stage): Promise<Vital[]> => {
  if (redis === undefined) return []
  const clients = await askRedis(redis.port, 'CLIENT', 'LIST')
  return [{ name: 'Redis', life: '', held: { connections: clients.split('\n').filter((line) => line.includes('addr=')).length } }]
}
