/** Decompresses Zstandard as a stream (RFC 8878), in steps that are small whatever they decompress to. */

import { Decompress } from 'fzstd'
import { BadFileError } from './bad-file.ts'

/** A block of four bytes may stand for 128 KB, so that a step is at most 32 MB. */
const stepBytes = 1_024
/** The limit of the `zstd` command too. */
const largestWindow = 134_217_728
/** A frame's header is no longer. */
const headerBytes = 18

export async function* unzstd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const blocks: Uint8Array[] = []
  const decompressor = new Decompress((block) => blocks.push(block))
  const push = (bytes: Uint8Array, isLast: boolean): Buffer[] => {
    try {
      decompressor.push(bytes, isLast)
    } catch (error) {
      throw new BadFileError(`is no Zstandard file, or is damaged: ${(error as Error).message}`, { cause: error })
    }
    return blocks.splice(0).flatMap(({ buffer, byteOffset, length }) => (length === 0 ? [] : [Buffer.from(buffer, byteOffset, length)]))
  }
  let head: Buffer | null = Buffer.alloc(0)
  for await (const chunk of chunks) {
    let rest = chunk
    if (head !== null) {
      rest = head = Buffer.concat([head, chunk])
      if (head.length < headerBytes) continue
      checkWindow(head)
      head = null
    }
    for (let at = 0; at < rest.length; at += stepBytes) yield* push(rest.subarray(at, at + stepBytes), false)
  }
  if (head !== null) yield* push(head, false)
  yield* push(Buffer.alloc(0), true)
}

/** Memory is taken for the window that the first frame asks for. */
const checkWindow = (frame: Buffer): void => {
  if (frame.readUInt32LE() !== 0xfd2fb528) return
  const descriptor = frame[4] ?? 0
  const isSingleSegment = (descriptor & 0x20) !== 0
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  const window = isSingleSegment ? frame.readUIntLE(5 + dictionaryBytes, [1, 2, 4, 6][descriptor >> 6] ?? 1) : windowOf(frame[5] ?? 0)
  if (window > largestWindow)
    throw new BadFileError(`needs a window of more than ${largestWindow / 1_048_576} MB to decompress; compress it without --long`)
}

const windowOf = (descriptor: number): number => {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}
