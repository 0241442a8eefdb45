/** A folder of the worker as a store of files; nothing that leads out of it is read. */

import { constants, type Stats } from 'node:fs'
import { open, readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { Readable } from 'node:stream'
import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import type { FileStore, StoredFile } from '../files/file-store.ts'
import { toFileSystemError } from './errors.ts'

const readBytes = 262_144

/** @throws SyncError INVALID_FILE or PERMISSION_DENIED for a folder that cannot be read */
export const openFolder = async ({ signal, log }: Pick<SourceAccess, 'signal' | 'log'>, folder: string): Promise<FileStore> => {
  const root = await seen(`The folder ${folder}`, () => realpath(folder))
  await seen(`The folder ${folder}`, () => readdir(root))
  const isWithin = (path: string): boolean => path === root || path.startsWith(root === sep ? root : root + sep)

  /** The folder at `path`, and below it; `above` are the real folders on the way, which a link may lead back to. */
  async function* walk(path: string, prefix: string, above: readonly string[]): AsyncGenerator<StoredFile, void, void> {
    signal.throwIfAborted()
    const real = await seen(`The folder ${path}`, () => realpath(join(root, path)))
    if (!isWithin(real)) {
      log('WARN', `The folder ${path} leads out of ${folder}, and is left out.`)
      return
    }
    if (above.includes(real)) return
    for (const { name, isFolder, stats } of await entriesOf(real, path)) {
      const own = path === '' ? name : `${path}/${name}`
      if (isFolder) {
        if (prefix.startsWith(`${own}/`)) yield* walk(own, prefix, [...above, real])
        else if (own.startsWith(prefix)) yield* besides(walk(own, prefix, [...above, real]))
      } else if (own.startsWith(prefix)) yield { path: own, size: stats.size, version: versionOf(stats), modifiedAt: stats.mtime }
    }
  }

  /** A folder that nobody named, such as `lost+found`, may be one that only others may read. */
  async function* besides(files: AsyncGenerator<StoredFile, void, void>): AsyncGenerator<StoredFile, void, void> {
    try {
      yield* files
    } catch (error) {
      if (!(error instanceof SyncError) || error.code !== 'PERMISSION_DENIED') throw error
      log('WARN', `${error.message} It is left out.`)
    }
  }

  return {
    list: (prefix) => walk('', prefix, []),
    open: async (file, range) => {
      const what = `The file ${file.path}`
      const real = await seen(what, () => realpath(join(root, file.path)))
      if (!isWithin(real)) throw new SyncError('PERMISSION_DENIED', `${what} leads out of the folder ${folder}.`)
      return readFile(file, real, range ?? { from: 0, to: file.size })
    },
    close: async () => {},
  }
}

type Entry = { name: string; isFolder: boolean; stats: Stats }

/** In the order that the paths below them have: `a.csv`, `a/b.csv`, `a0.csv`. */
const entriesOf = async (real: string, path: string): Promise<Entry[]> => {
  const names = await seen(`The folder ${path}`, () => readdir(real))
  const entries: Entry[] = []
  for (const name of names) {
    // What is gone by now, or a link to nowhere, is no file.
    const stats = await stat(join(real, name)).catch(() => null)
    if (stats?.isFile() === true || stats?.isDirectory() === true) entries.push({ name, isFolder: stats.isDirectory(), stats })
  }
  const keyOf = ({ name, isFolder }: Entry): string => (isFolder ? `${name}/` : name)
  return entries.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

const versionOf = ({ size, mtimeMs }: Stats): string => `${size}-${mtimeMs}`

/** What is read is the file that was listed, as it was then: another one would be half old and half new. */
const readFile = async (file: StoredFile, real: string, { from, to }: { from: number; to: number }): Promise<Readable> => {
  const what = `The file ${file.path}`
  // Since its links were followed, it has become none.
  const handle = await seen(what, () => open(real, constants.O_RDONLY | constants.O_NOFOLLOW))
  async function* read(): AsyncGenerator<Buffer, void, void> {
    try {
      for (let at = from; at < to; ) {
        const chunk = Buffer.allocUnsafeSlow(Math.min(readBytes, to - at))
        const { bytesRead } = await handle.read(chunk, 0, chunk.length, at)
        if (bytesRead === 0) break
        at += bytesRead
        yield chunk.subarray(0, bytesRead)
      }
      if (versionOf(await handle.stat()) !== file.version) throw new SyncError('SOURCE_UNAVAILABLE', `${what} ${changed}`)
    } catch (error) {
      throw toFileSystemError(error, what)
    } finally {
      await handle.close()
    }
  }
  const content = Readable.from(read(), { objectMode: false, highWaterMark: readBytes })
  // A generator that never began has no end of its own.
  content.once('close', () => void handle.close().catch(() => {}))
  return content
}

const changed = 'changed while it was being read. Write files under another name, and rename them when they are complete.'

const seen = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw toFileSystemError(error, what)
  }
}
