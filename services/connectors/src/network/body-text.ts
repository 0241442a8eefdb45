/** The beginning of a short body, such as the text of an error. */

import type { Readable } from 'node:stream'

/** Reads at most so many bytes; a longer body is cut there and its request ended. */
export const textOf = async (body: Readable, most: number): Promise<string> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body as AsyncIterable<Buffer>) {
    parts.push(part)
    size += part.length
    if (size >= most) break
  }
  return Buffer.concat(parts).subarray(0, most).toString()
}
