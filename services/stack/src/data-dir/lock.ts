/** One `npm start` a data folder: two would end each other's database. */

import { spawnSync } from 'node:child_process'
import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../error-code.ts'
import { StartError } from '../start-error.ts'

/**
 * @returns what gives the lock back
 * @throws StartError where another start holds it; the lock of one that was killed is taken over
 */
export const lockDataDir = (dataDir: string): (() => void) => {
  const file = join(dataDir, 'lock')
  const mine = `${process.pid}\n${startedAt(process.pid) ?? ''}\n`
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, mine, { mode: 0o600 })
  try {
    while (!linked(draft, file)) removeStale(file, dataDir)
  } finally {
    unlinkSync(draft)
  }
  return () => rmSync(file, { force: true })
}

/** A link is made whole or not at all, unlike a file that is written after it was opened. */
const linked = (from: string, to: string): boolean => {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

const removeStale = (file: string, dataDir: string): void => {
  const content = readIfThere(file)
  if (content === undefined) return
  const [pid = '', started = ''] = content.split('\n')
  if (startedAt(Number(pid)) === started) {
    throw new StartError(`DATA_DIR ${dataDir} is in use by another "npm start" (process ${pid}). Stop that one, or set another DATA_DIR.`)
  }
  const aside = `${file}.stale-${process.pid}`
  renameSync(file, aside)
  const taken = readFileSync(aside, 'utf8') === content
  // Between reading and renaming, a third start took over: its lock is put back, and the next round sees it.
  if (!taken) linked(aside, file)
  rmSync(aside)
}

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Tells a process from a later one with the same number; undefined where there is none. */
const startedAt = (pid: number): string | undefined => {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || undefined
  }
  // The name, in brackets, may hold blanks; the 20th field after it is the start in clock ticks since boot.
  const stat = readIfThere(`/proc/${pid}/stat`)
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return ticks && `${ticks} ${readIfThere('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}`
}
