/** A file that is read from anywhere in it: at its store, or from a copy of its own where it is packed as a whole. */

import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { BadFileError } from '../content/bad-file.ts'
import { decompress } from '../content/decompress.ts'
import { type FileAccess, storedBytes } from '../content/stored-bytes.ts'
import type { StoredFile } from '../file-store.ts'
import type { Compression } from '../stream-source.ts'

export type RandomAccess = {
  size: number
  /** Bytes from `from` up to `to`, exclusive. */
  read(from: number, to: number): Promise<Buffer>
  close(): Promise<void>
}

/** @param packing of the file as a whole */
export const openForRandomAccess = async (access: FileAccess, file: StoredFile, packing: Compression): Promise<RandomAccess> =>
  packing === 'none' ? atStore(access, file) : unpacked(access, file, packing)

const atStore = (access: FileAccess, file: StoredFile): RandomAccess => ({
  size: file.size,
  read: async (from, to) => {
    const bytes = Buffer.allocUnsafeSlow(to - from)
    let at = 0
    for await (const chunk of storedBytes(access, file, { from, to })) at += chunk.copy(bytes, at)
    if (at !== bytes.length) throw new BadFileError('is shorter than the store says')
    return bytes
  },
  close: async () => {},
})

/** The copy has gone when this rejects, or when it was closed. */
const unpacked = async (access: FileAccess, file: StoredFile, compression: Compression): Promise<RandomAccess> => {
  const folder = await mkdtemp(join(tmpdir(), 'aiia-file-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'unpacked')
    await pipeline(decompress(storedBytes(access, file), compression), createWriteStream(copy))
    const handle = await open(copy)
    // Its bytes stay readable until it is closed, and no crash can leave it behind.
    await remove()
    const { size } = await handle.stat()
    return {
      size,
      read: async (from, to) => {
        access.signal.throwIfAborted()
        const bytes = Buffer.allocUnsafeSlow(to - from)
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, from)
        if (bytesRead !== bytes.length) throw new BadFileError('is shorter than it was')
        return bytes
      },
      close: () => handle.close(),
    }
  } catch (error) {
    await remove()
    throw error
  }
}
