/** Undoes the compression of a file, as a stream. */

import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Compression } from '../stream-source.ts'
import { BadFileError } from './bad-file.ts'
import { unzstd } from './zstd.ts'

const pieceBytes = 262_144
const extensions: Readonly<Record<string, Compression>> = { gz: 'gzip', gzip: 'gzip', zst: 'zstd', zstd: 'zstd' }
const magics: readonly [Compression, Buffer][] = [
  ['gzip', Buffer.from([0x1f, 0x8b])],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
]
const longestMagic = 4

/** By a path such as `in/2026.csv.gz`; null: its name tells of none. */
export const compressionOf = (path: string): Compression | null => extensions[/\.([^./]+)$/.exec(path.toLowerCase())?.[1] ?? ''] ?? null

/** @param compression null: what the file begins with says it */
export async function* decompress(chunks: AsyncIterable<Buffer>, compression: Compression | null): AsyncGenerator<Buffer, void, void> {
  const [head, all] = await withHead(chunks, longestMagic)
  const found = compression ?? magics.find(([, magic]) => head.subarray(0, magic.length).equals(magic))?.[0] ?? 'none'
  if (found === 'none') yield* all
  else if (found === 'zstd') yield* unzstd(all)
  else yield* gunzip(all)
}

/** All members of it, as `gzip -c >>` leaves them behind each other. */
async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const transfer = Readable.from(chunks, { objectMode: false })
  const unzip = createGunzip({ chunkSize: pieceBytes })
  // What goes wrong on either side comes out of the loop.
  pipeline(transfer, unzip, () => {})
  try {
    for await (const piece of unzip) yield piece as Buffer
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!code.startsWith('Z_')) throw error
    throw new BadFileError(`is no gzip file, or is damaged: ${(error as Error).message}`, { cause: error })
  } finally {
    unzip.destroy()
  }
}

/** @returns so many first bytes, or all there are, and all chunks */
export const withHead = async (chunks: AsyncIterable<Buffer>, size: number): Promise<[head: Buffer, all: AsyncIterable<Buffer>]> => {
  const iterator = chunks[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  let isEnded = false
  while (head.length < size && !isEnded) {
    const { value, done } = await iterator.next()
    if (done === true) isEnded = true
    else head = head.length === 0 ? value : Buffer.concat([head, value])
  }
  return [head, behind(head, iterator)]
}

async function* behind(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, void> {
  try {
    if (head.length > 0) yield head
    for (;;) {
      const { value, done } = await iterator.next()
      if (done === true) return
      yield value
    }
  } finally {
    await iterator.return?.()
  }
}
