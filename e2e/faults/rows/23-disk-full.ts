/** Row 23: a disk is full, and is freed: that of staged rows, of the platform's own tables, of Redis. */

import { spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { catches } from '../caught.ts'
import { logOf } from '../invariants.ts'
import { expectCompleted } from '../recovery.ts'
import { askRedis } from '../redis.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { until } from '../until.ts'

const sizeMb = 64
/** Leaves less than the rows take. */
const ballastMb = 60

const mount = (folder: string): boolean => spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', folder]).status === 0
const unmount = (folder: string): void => {
  spawnSync('umount', [folder])
  rmSync(folder, { recursive: true, force: true })
}

const canMount = (): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'aiia-fault-mount-'))
  try {
    return mount(folder)
  } finally {
    unmount(folder)
  }
}

const missing = () => (canMount() ? undefined : 'row 23 mounts a small tmpfs: run it on Linux, as root, with the right to mount')

type SmallDisk = {
  folder: string
  /** @param mb less than its whole size leaves some room */
  fill(mb?: number): void
  free(): void
}

const writeAsMuchAsFits = (file: string, mb: number): void => {
  try {
    writeFileSync(file, Buffer.alloc(mb * 1_048_576))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

/** @param owner a process whose user may write there */
const withSmallDisk = async <T>(owner: number, work: (disk: SmallDisk) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'aiia-fault-disk-'))
  const ballast = join(folder, 'ballast')
  mount(folder)
  const { uid, gid } = statSync(`/proc/${owner}`)
  chownSync(folder, uid, gid)
  const free = () => rmSync(ballast, { force: true })
  try {
    return await work({ folder, fill: (mb = sizeMb) => writeAsMuchAsFits(ballast, mb), free })
  } finally {
    free()
    unmount(folder)
  }
}

type Server = { pid: number; name: string }

const serverOf = async ({ database }: Stage): Promise<Server> => {
  const [server] = await database.query<Server>('SELECT pg_backend_pid() AS pid, current_database() AS name')
  if (server === undefined) throw new Error('The server does not say who it is.')
  return server
}

const leaveTablespace = async ({ database }: Stage): Promise<void> => {
  await database.query('ALTER TABLE ALL IN TABLESPACE fault_small SET TABLESPACE pg_default')
  await database.query('ALTER INDEX ALL IN TABLESPACE fault_small SET TABLESPACE pg_default')
  await database.query('DROP TABLESPACE fault_small')
}

const destinationFull: Scenario = {
  row: 23,
  fault: 'disk of the destination full, then freed',
  boundMs: 30_000,
  missing,
  run: async (stage) => {
    await stage.fill()
    const { pid, name } = await serverOf(stage)
    return withSmallDisk(pid, async ({ folder, fill, free }) => {
      await stage.database.query(`CREATE TABLESPACE fault_small LOCATION '${folder}'`)
      // New tables of the destination are made there.
      await stage.database.query(`ALTER DATABASE ${name} SET default_tablespace = fault_small`)
      try {
        fill(ballastMb)
        const id = await stage.trigger()
        await until('The second attempt', async () => ((await stage.run(id)).attempt > 1 ? true : undefined))
        const told = (await logOf(stage, id)).some(({ text }) => text.includes('No space left on device'))
        expectThat(told, 'The log does not say that the disk is full')
        free()
        return await untilCompleted(stage, id)
      } finally {
        free()
        await stage.database.query(`ALTER DATABASE ${name} RESET default_tablespace`)
        await leaveTablespace(stage)
      }
    })
  },
}

/** @returns how long it took from now on */
const untilCompleted = async (stage: Stage, id: string): Promise<{ recoveryMs: number }> => {
  const freed = performance.now()
  const run = await stage.ended(id)
  expectThat(run.status === 'COMPLETED', `The run ended ${run.status}: ${run.failure?.message}`)
  return { recoveryMs: performance.now() - freed }
}

/** Long enough for writes to be tried again and again, and for a lease to run out. */
const fullForMs = 15_000

const platformFull: Scenario = {
  row: 23,
  fault: 'disk of the platform’s logs full, then freed',
  boundMs: 30_000,
  missing,
  run: async (stage) => {
    const { pid } = await serverOf(stage)
    return withSmallDisk(pid, async ({ folder, fill, free }) => {
      await stage.database.query(`CREATE TABLESPACE fault_small LOCATION '${folder}'`)
      try {
        const { id, release } = await catches.extract(stage)
        // Few lines to a page, so that each few of them need another one.
        await stage.database.query('ALTER TABLE platform.log_lines SET (fillfactor = 10)')
        await stage.database.query('ALTER TABLE platform.log_lines SET TABLESPACE fault_small')
        const { worker } = stage.platform.processes
        const told = worker.output().length
        fill()
        await release()
        await until('The word of the worker that the disk is full', async () =>
          worker.output().slice(told).includes('No space left on device') ? true : undefined,
        )
        await wait(fullForMs)
        expectThat((await stage.run(id)).status === 'RUNNING', 'The run did not wait for the disk')
        free()
        return await untilCompleted(stage, id)
      } finally {
        free()
        await stage.database.query('ALTER TABLE platform.log_lines RESET (fillfactor)')
        await leaveTablespace(stage)
      }
    })
  },
}

const redisFull: Scenario = {
  row: 23,
  fault: 'disk of Redis full, then freed',
  boundMs: 30_000,
  backends: ['redis'],
  // `dir` may be changed while it runs.
  platform: { redisSettings: { 'enable-protected-configs': 'yes' } },
  missing,
  run: async (stage) => {
    const { redis } = stage.platform
    if (redis === undefined) throw new Error('This platform has no Redis.')
    const queued = await stage.addFeed({ rows: 100 })
    return withSmallDisk(process.pid, async ({ folder, fill, free }) => {
      const before = (await askRedis(redis.port, 'CONFIG', 'GET', 'dir')).split('\r\n')[4] ?? ''
      await askRedis(redis.port, 'CONFIG', 'SET', 'dir', folder)
      await askRedis(redis.port, 'CONFIG', 'SET', 'appendonly', 'yes')
      await until('The file that Redis appends to', async () => {
        const told = await askRedis(redis.port, 'INFO', 'persistence')
        return /aof_base_size:[1-9]/.test(told) && told.includes('aof_rewrite_in_progress:0') ? true : undefined
      })
      try {
        const { id, release } = await catches.extract(stage)
        fill()
        await until('The end of room on the disk of Redis', async () =>
          askRedis(redis.port, 'SET', 'fault', 'x'.repeat(100_000)).then(
            () => undefined,
            (error: Error) => (error.message.includes('MISCONF') ? true : undefined),
          ),
        )
        const waiting = await stage.trigger(queued)
        await release()
        free()
        await expectCompleted(stage, id, 1)
        return await untilCompleted(stage, waiting)
      } finally {
        free()
        await until('The end of the fault', () => askRedis(redis.port, 'CONFIG', 'SET', 'appendonly', 'no'))
        await askRedis(redis.port, 'CONFIG', 'SET', 'dir', before)
      }
    })
  },
}

export const fullDisks: Scenario[] = [destinationFull, platformFull, redisFull]
