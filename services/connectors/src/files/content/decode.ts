/** Text of any encoding as UTF-8, as a stream and without its byte order mark. */

import type { CsvOptions } from '../stream-source.ts'
import { BadFileError } from './bad-file.ts'
import { withHead } from './decompress.ts'

export type TextEncoding = NonNullable<CsvOptions['encoding']>
/** A mark that says the encoding, or says nothing in UTF-8. */
const marks: readonly [encoding: TextEncoding | 'utf-16be', mark: Buffer][] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
]
const longestMark = 3

/** @param encoding null: as the byte order mark says, or UTF-8, which whoever reads it must check */
export async function* decode(chunks: AsyncIterable<Buffer>, encoding: TextEncoding | null): AsyncGenerator<Buffer, void, void> {
  const [head, all] = await withHead(chunks, longestMark)
  const [marked, mark] = marks.find(([, mark]) => head.subarray(0, mark.length).equals(mark)) ?? []
  const found = encoding ?? marked ?? 'utf-8'
  let toSkip = marked === found ? (mark?.length ?? 0) : 0
  const convert = converterOf(found)
  for await (const chunk of all) {
    const text = convert(toSkip === 0 ? chunk : chunk.subarray(toSkip), true)
    toSkip = Math.max(0, toSkip - chunk.length)
    if (text.length > 0) yield text
  }
  const rest = convert(Buffer.alloc(0), false)
  if (rest.length > 0) yield rest
}

const converterOf = (encoding: TextEncoding | 'utf-16be'): ((chunk: Buffer, goesOn: boolean) => Buffer) => {
  if (encoding === 'utf-8') return (chunk) => chunk
  // The web's "iso-8859-1" is windows-1252.
  if (encoding === 'iso-8859-1') return (chunk) => Buffer.from(chunk.toString('latin1'))
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  return (chunk, stream) => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream }))
    } catch (error) {
      throw new BadFileError(`is not text in ${encoding}`, { cause: error })
    }
  }
}
