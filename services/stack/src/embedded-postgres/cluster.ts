/** Makes the data folder: aside first and then renamed, so that it exists only when it is whole. */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { spawnWatched } from '../watchdog.ts'
import type { Account } from './account.ts'
import { giveTo, openFolder } from './data-folder.ts'
import { PostgresError } from './postgres-error.ts'

export const superuser = 'postgres'
/** Nothing of the parent's environment (PGOPTIONS, LC_*, TZ) may change what the server is. */
export const serverEnv = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' }

type Input = { dataDir: string; password: string; initdb: string; account: Account | undefined; durable: boolean }

/** Does nothing where the data folder is there. */
export const createCluster = async ({ dataDir, password, initdb, account, durable }: Input): Promise<void> => {
  const parent = dirname(dataDir)
  const unfinished = `${basename(dataDir)}.new-`
  mkdirSync(parent, { recursive: true })
  for (const name of readdirSync(parent)) {
    // An earlier start was stopped in the middle of this.
    if (name.startsWith(unfinished)) rmSync(join(parent, name), { recursive: true, force: true })
  }
  if (existsSync(join(dataDir, 'PG_VERSION'))) return
  const work = mkdtempSync(join(parent, unfinished))
  try {
    writeFileSync(join(work, 'password'), `${password}\n`, { mode: 0o600 })
    giveTo(work, account)
    await runInitdb({ work, initdb, account, durable })
    rmSync(dataDir, { recursive: true, force: true })
    renameSync(join(work, 'data'), dataDir)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const runInitdb = async ({ work, initdb, account, durable }: Omit<Input, 'dataDir' | 'password'> & { work: string }): Promise<void> => {
  const folder = openFolder(work, account)
  const output: string[] = []
  const options = ['--auth=scram-sha-256', `--username=${superuser}`, '--encoding=UTF8', '--locale=C', ...(durable ? [] : ['--no-sync'])]
  const run = spawnWatched({
    command: initdb,
    args: [`--pgdata=${folder.path}/data`, `--pwfile=${folder.path}/password`, ...options],
    signal: 'INT',
    graceMs: 5000,
    stdio: ['pipe', 'pipe', ...(folder.descriptor === undefined ? [] : [folder.descriptor])],
    env: serverEnv,
    cwd: '/',
    account,
  })
  run.process.stdout?.on('data', (data: Buffer) => output.push(data.toString()))
  run.process.stderr?.on('data', (data: Buffer) => output.push(data.toString()))
  folder.close()
  const code = await run.exited
  if (code !== 0) throw new PostgresError(`initdb failed with code ${code}:\n${output.join('').trim()}`)
}
