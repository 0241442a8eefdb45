/** Makes a failing input smaller while it fails the same way: delta debugging, the simple kind. */

import type { FuzzInput } from './reader.ts'

const mostMs = 5_000

/** @param fails the same promise is not kept */
export const minimise = async (input: FuzzInput, fails: (smaller: FuzzInput) => Promise<boolean>): Promise<FuzzInput> => {
  const end = performance.now() + mostMs
  let smallest = input
  for (const [place] of input.parts.entries()) {
    const withPart = (bytes: Buffer): FuzzInput => ({ ...smallest, parts: smallest.parts.map((part, at) => (at === place ? bytes : part)) })
    let size = Math.ceil((smallest.parts[place] as Buffer).length / 2)
    while (size >= 1 && performance.now() < end) {
      let removed = false
      for (let at = 0; at < (smallest.parts[place] as Buffer).length && performance.now() < end; ) {
        const part = smallest.parts[place] as Buffer
        const smaller = withPart(Buffer.concat([part.subarray(0, at), part.subarray(at + size)]))
        if (await fails(smaller)) {
          smallest = smaller
          removed = true
        } else at += size
      }
      if (!removed || size > 1) size = size === 1 ? 0 : Math.ceil(size / 2)
    }
  }
  return smallest
}
