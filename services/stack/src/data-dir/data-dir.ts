/** The folder that the embedded default keeps everything in; nobody else may read it. */

import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../error-code.ts'
import { StartError } from '../start-error.ts'

export type DataDir = {
  path(name: string): string
  /** undefined where there is no such file. */
  read(name: string): string | undefined
  /** Whole or not at all, readable by its owner only. */
  write(name: string, content: string): void
  /** What the file holds; where it is missing or empty, `make` says what it gets. */
  keep(name: string, make: () => string): string
}

/** @throws StartError where it cannot be made or written */
export const openDataDir = (folder: string): DataDir => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
  } catch (error) {
    throw new StartError(`DATA_DIR ${folder} cannot be used as a folder: ${errorCode(error)}. Set it to one that this user may write.`)
  }
  const path = (name: string) => join(folder, name)
  const read = (name: string) => (existsSync(path(name)) ? readFileSync(path(name), 'utf8') : undefined)
  const write = (name: string, content: string) => {
    writeFileSync(path(`${name}.new`), content, { mode: 0o600 })
    renameSync(path(`${name}.new`), path(name))
  }
  const keep = (name: string, make: () => string) => {
    const kept = read(name)?.trim()
    if (kept) return kept
    const made = make()
    write(name, `${made}\n`)
    return made
  }
  return { path, read, write, keep }
}
