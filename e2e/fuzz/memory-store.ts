/** A store of one file in memory, which gives its bytes in pieces of any size. */

import { Readable } from 'node:stream'
import type { FileStore, StoredFile } from '@aiia/connectors/files/file-store'
import { createRandom } from '../faults/random.ts'
import { below } from './reader.ts'

/** More would take most of the time. */
const mostPieces = 40

/** @param cutSeed null: in one piece */
export const cutBytes = (bytes: Buffer, cutSeed: number | null): Buffer[] => {
  if (cutSeed === null || bytes.length === 0) return bytes.length === 0 ? [] : [bytes]
  const random = createRandom(cutSeed)
  const most = random.pick([1, 3, 17, 200, 5_000])
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const size = Math.max(1 + below(random, most), Math.floor(bytes.length / mostPieces))
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return pieces
}

export const memoryStore = (path: string, bytes: Buffer, cutSeed: number | null): FileStore => {
  const file: StoredFile = { path, size: bytes.length, version: '1', modifiedAt: null }
  return {
    list: async function* () {
      yield file
    },
    open: async (_file, range) =>
      Readable.from(cutBytes(bytes.subarray(range?.from ?? 0, range?.to ?? bytes.length), cutSeed), { objectMode: false }),
    close: async () => {},
  }
}
