/**
 * How the server reaches its data folder. Under root it runs as another user, who may not enter the folders above it
 * (a clone below /root, a 0700 temporary folder), so that it is handed the opened folder instead of the path.
 */

import { chownSync, closeSync, lstatSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from './account.ts'
import { PostgresError } from './postgres-error.ts'

export type OpenedFolder = {
  /** The path by which the child reaches it, which must have `descriptor` as its descriptor 3. */
  path: string
  descriptor: number | undefined
  close(): void
}

export const openFolder = (folder: string, account: Account | undefined): OpenedFolder => {
  if (account === undefined || process.platform !== 'linux') return { path: folder, descriptor: undefined, close: () => {} }
  const descriptor = openSync(folder, 'r')
  return { path: '/proc/self/fd/3', descriptor, close: () => closeSync(descriptor) }
}

/** Gives the folder and all in it to the account, where a start as somebody else left it to another. */
export const giveTo = (folder: string, account: Account | undefined): void => {
  if (account === undefined) {
    const { uid } = lstatSync(folder)
    if (uid === process.getuid?.()) return
    throw new PostgresError(`${folder} belongs to user ${uid}. Start as that user or as root, or set another DATA_DIR.`)
  }
  if (lstatSync(folder).uid === account.uid) return
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chownSync(join(entry.parentPath, entry.name), account.uid, account.gid)
  }
  // Last, since its owner says whether all was given.
  chownSync(folder, account.uid, account.gid)
}
