/** Row 23: the disk that rows are staged on is full, and is freed. */

import { spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { logOf } from '../invariants.ts'
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

/** New tables of the destination are made there. */
const stageOn = async ({ database }: Stage, folder: string): Promise<() => Promise<unknown>> => {
  const [server] = await database.query<{ pid: number; name: string }>('SELECT pg_backend_pid() AS pid, current_database() AS name')
  const { uid, gid } = statSync(`/proc/${server?.pid}`)
  chownSync(folder, uid, gid)
  await database.query(`CREATE TABLESPACE fault_small LOCATION '${folder}'`)
  await database.query(`ALTER DATABASE ${server?.name} SET default_tablespace = fault_small`)
  return async () => {
    await database.query(`ALTER DATABASE ${server?.name} RESET default_tablespace`)
    await database.query('ALTER TABLE ALL IN TABLESPACE fault_small SET TABLESPACE pg_default')
    await database.query('ALTER INDEX ALL IN TABLESPACE fault_small SET TABLESPACE pg_default')
    await database.query('DROP TABLESPACE fault_small')
  }
}

export const diskFull: Scenario = {
  row: 23,
  fault: 'disk of the destination full, then freed',
  boundMs: 30_000,
  missing: () => (canMount() ? undefined : 'row 23 mounts a small tmpfs: run it on Linux, as root, with the right to mount'),
  run: async (stage) => {
    await stage.fill()
    const folder = mkdtempSync(join(tmpdir(), 'aiia-fault-disk-'))
    const ballast = join(folder, 'ballast')
    mount(folder)
    const leave = await stageOn(stage, folder)
    try {
      writeFileSync(ballast, Buffer.alloc(ballastMb * 1_048_576))
      const id = await stage.trigger()
      await until('The second attempt', async () => ((await stage.run(id)).attempt > 1 ? true : undefined))
      const told = (await logOf(stage, id)).some(({ text }) => text.includes('No space left on device'))
      expectThat(told, 'The log does not say that the disk is full')
      const freed = performance.now()
      rmSync(ballast)
      const run = await stage.ended(id)
      expectThat(run.status === 'COMPLETED', `The run ended ${run.status}: ${run.failure?.message}`)
      return { recoveryMs: performance.now() - freed }
    } finally {
      rmSync(ballast, { force: true })
      await leave()
      unmount(folder)
    }
  },
}
