/** A server that still runs on the data folder, left by a start that was killed together with its watchdog. */

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { errorCode } from '../error-code.ts'
import { PostgresError } from './postgres-error.ts'

/** Ends that server, and removes a process id file whose number another program has by now. */
export const stopLeftover = async (dataDir: string): Promise<void> => {
  const pid = runningPid(dataDir)
  if (pid === undefined) return
  if (!isServerOf(pid, dataDir)) {
    rmSync(pidFile(dataDir), { force: true })
    return
  }
  for (const [signal, seconds] of [
    ['SIGINT', 20],
    ['SIGQUIT', 10],
  ] as const) {
    sendTo(pid, signal)
    if (await ended(pid, dataDir, seconds)) return
  }
  throw new PostgresError(`A Postgres (process ${pid}) still runs on ${dataDir} and does not end. End it, then start again.`)
}

/** The process id that the server of this data folder has, if that process lives. */
export const runningPid = (dataDir: string): number | undefined => {
  if (!existsSync(pidFile(dataDir))) return undefined
  const pid = Number.parseInt(readFileSync(pidFile(dataDir), 'utf8'), 10)
  return Number.isInteger(pid) && pid > 0 && lives(pid) ? pid : undefined
}

const pidFile = (dataDir: string) => join(dataDir, 'postmaster.pid')

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** A server's working directory is its data folder. Where that cannot be seen, its name has to do. */
const isServerOf = (pid: number, dataDir: string): boolean => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir)
  } catch {
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.includes('postgres') ?? false
  }
}

const sendTo = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}

const ended = async (pid: number, dataDir: string, seconds: number): Promise<boolean> => {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; await wait(20)) {
    if (!lives(pid) || runningPid(dataDir) === undefined) return true
  }
  return false
}
