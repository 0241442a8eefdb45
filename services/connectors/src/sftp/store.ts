/** The files below a folder of an SFTP server. */

import { posix } from 'node:path'
import { Readable } from 'node:stream'
import { SyncError } from '@aiia/core/failures/failure'
import type { FileEntryWithStats, Stats } from 'ssh2'
import type { FileStore, StoredFile } from '../files/file-store.ts'
import type { SftpSession } from './connect.ts'
import { changed, outside } from './errors.ts'
import { fileStream } from './file-stream.ts'

export const createStore = (session: SftpSession): FileStore => ({
  list: (prefix) => list(session, prefix),
  open: (file, range) => open(session, file, range),
  close: session.close,
})

async function* list(session: SftpSession, prefix: string): AsyncGenerator<StoredFile> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
  const real = await unlessGone(resolve(session, folder))
  if (real !== null) yield* walk(session, { path: folder, real, above: [] }, prefix)
}

/** A folder on the way: its path from the root, how the server resolves it, and the resolved ones that it was reached by. */
type Folder = { path: string; real: string; above: readonly string[] }

/** A folder is where its files are in the order of all paths: `a-b` is before `a/b`. */
async function* walk(session: SftpSession, { path, real, above }: Folder, prefix: string): AsyncGenerator<StoredFile> {
  const what = `the folder "${path}"`
  const entries = (await unlessGone(session.ask<FileEntryWithStats[]>(what, (done) => session.sftp.readdir(real, done)))) ?? []
  const found: Found[] = []
  for (const entry of entries) {
    if (!`${path}${entry.filename}/`.startsWith(prefix)) continue
    const item = await identify(session, entry, real)
    if (item !== null) found.push(item)
  }
  found.sort((one, other) => (one.name < other.name ? -1 : 1))
  for (const { name, real: target, stats } of found) {
    const below = path + name
    if (stats.isFile() && below.startsWith(prefix)) yield { path: below, ...versionOf(stats) }
    // A link may lead back up.
    else if (stats.isDirectory() && ![...above, real].some((folder) => isWithin(target, folder)))
      yield* walk(session, { path: below, real: target, above: [...above, real] }, prefix)
  }
}

type Found = { name: string; real: string; stats: Stats }

/** @returns null for what is no part of the root: links that lead out of it, or nowhere */
const identify = async (session: SftpSession, { filename, attrs }: FileEntryWithStats, folder: string): Promise<Found | null> => {
  if (filename === '.' || filename === '..' || filename.includes('/')) return null
  const real = posix.join(folder, filename)
  if (attrs.isFile()) return { name: filename, real, stats: attrs }
  if (attrs.isDirectory()) return { name: `${filename}/`, real, stats: attrs }
  const what = `the file "${filename}"`
  const target = await unlessGone(session.ask<string>(what, (done) => session.sftp.realpath(real, done)))
  if (target === null || !isWithin(session.root, target)) return null
  const stats = await unlessGone(session.ask<Stats>(what, (done) => session.sftp.stat(target, done)))
  return stats && { name: stats.isDirectory() ? `${filename}/` : filename, real: target, stats }
}

/** What was listed a moment ago may have been removed since. */
const unlessGone = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof SyncError && error.code === 'INVALID_FILE') return null
    throw error
  }
}

/** @throws SyncError INVALID_FILE for a folder that is not there, PERMISSION_DENIED for one outside of the root */
const resolve = async ({ sftp, root, ask }: SftpSession, folder: string): Promise<string> => {
  const what = `the folder "${folder}"`
  const real = await ask<string>(what, (done) => sftp.realpath(posix.join(root, folder), done))
  if (!isWithin(root, real)) throw outside(what, root)
  return real
}

const isWithin = (root: string, path: string): boolean => path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`)

/** The protocol tells seconds: a file that is changed twice within one, and keeps its size, is not seen to change. */
const versionOf = ({ size, mtime }: Stats): Omit<StoredFile, 'path'> => ({
  size,
  version: `${size}-${mtime}`,
  modifiedAt: new Date(mtime * 1_000),
})

const open = async (session: SftpSession, file: StoredFile, range?: { from: number; to: number }): Promise<Readable> => {
  const { sftp, ask, root } = session
  const { from, to } = range ?? { from: 0, to: file.size }
  const what = `the file "${file.path}"`
  const path = posix.join(root, file.path)
  if (!isWithin(root, path)) throw outside(what, root)
  const handle = await unlessGone(ask<Buffer>(what, (done) => sftp.open(path, 'r', done)))
  if (handle === null) throw changed(what)
  const check = async (): Promise<void> => {
    const stats = await ask<Stats>(what, (done) => sftp.fstat(handle, done))
    if (versionOf(stats).version !== file.version) throw changed(what)
  }
  const stream = fileStream(session, { handle, from, to, what, check })
  try {
    await check()
    return stream
  } catch (error) {
    stream.destroy()
    throw error
  }
}
