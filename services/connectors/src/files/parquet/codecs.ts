/** Decompresses pages of Parquet files. */

import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { decompress as unzstd } from 'fzstd'
import { BadFileError } from '../content/bad-file.ts'
import { unpackLz4, unpackSnappy } from './byte-copies.ts'

/** By the format's enumeration `CompressionCodec`. */
const codecs: Readonly<Record<number, (packed: Buffer, size: number) => Uint8Array>> = {
  0: (packed) => packed,
  1: unpackSnappy,
  2: (packed, size) => gunzipSync(packed, { maxOutputLength: Math.max(1, size) }),
  4: (packed, size) => brotliDecompressSync(packed, { maxOutputLength: Math.max(1, size) }),
  5: (packed, size) => unpackHadoopLz4(packed, size),
  6: (packed, size) => unzstd(packed, new Uint8Array(size)),
  7: unpackLz4,
}

/** @param size of what comes out, which the page says */
export const decompressPage = (codec: number, packed: Buffer, size: number): Buffer => {
  const unpack = codecs[codec]
  if (unpack === undefined) throw new BadFileError(`is compressed in a way that cannot be read (codec ${codec})`)
  let unpacked: Uint8Array
  try {
    unpacked = unpack(packed, size)
  } catch (error) {
    throw new BadFileError('is damaged: a page cannot be decompressed', { cause: error })
  }
  if (unpacked.length !== size) throw new BadFileError('is damaged: a page is not as large as it says')
  return Buffer.from(unpacked.buffer, unpacked.byteOffset, unpacked.length)
}

/** Hadoop puts the sizes, unpacked and packed, in front of each block; others wrote the same codec without. */
const unpackHadoopLz4 = (packed: Buffer, size: number): Uint8Array => {
  const blocks: Uint8Array[] = []
  let [at, total] = [0, 0]
  while (at + 8 <= packed.length && total < size) {
    const [unpackedSize, packedSize] = [packed.readUInt32BE(at), packed.readUInt32BE(at + 4)]
    if (total + unpackedSize > size || at + 8 + packedSize > packed.length) break
    blocks.push(unpackLz4(packed.subarray(at + 8, at + 8 + packedSize), unpackedSize))
    at += 8 + packedSize
    total += unpackedSize
  }
  return at === packed.length && total === size ? Buffer.concat(blocks) : unpackLz4(packed, size)
}
