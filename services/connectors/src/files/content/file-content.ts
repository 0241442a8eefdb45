/** The text of a file, whatever it is packed and encoded in. */

import type { StoredFile } from '../file-store.ts'
import type { FileStream } from '../stream-source.ts'
import { decode, type TextEncoding } from './decode.ts'
import { compressionOf, decompress } from './decompress.ts'
import { type FileAccess, storedBytes } from './stored-bytes.ts'

/** The beginning of a file, or all of it. */
export type Sample = { bytes: Buffer; isWhole: boolean }

const sampleBytes = 1_048_576

/** @param encoding null: as its byte order mark says, or UTF-8 */
export const textOf = (
  access: FileAccess,
  file: StoredFile,
  { compression }: FileStream,
  encoding: TextEncoding | null,
): AsyncGenerator<Buffer, void, void> => decode(decompress(storedBytes(access, file), compression ?? compressionOf(file.path)), encoding)

export const sampleOf = async (text: AsyncIterable<Buffer>): Promise<Sample> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of text) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= sampleBytes) return { bytes: Buffer.concat(chunks), isWhole: false }
  }
  return { bytes: Buffer.concat(chunks), isWhole: true }
}
