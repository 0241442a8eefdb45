/** Waits for what a public interface will say, with a deadline. */

import { setTimeout as wait } from 'node:timers/promises'

const lookEveryMs = 50

/**
 * @param what completes the sentence "… did not happen within 20 s"
 * @param look what is looked for, or undefined while it is not there; what it throws counts as not there
 */
export const until = async <T>(what: string, look: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> => {
  let last: unknown
  for (const deadline = performance.now() + withinMs; performance.now() < deadline; await wait(lookEveryMs)) {
    const found = await look().catch((error: unknown) => {
      last = error
      return undefined
    })
    if (found !== undefined) return found
  }
  throw new Error(`${what} did not happen within ${withinMs / 1_000} s`, { cause: last })
}

/** @returns what it resolves to, if that is in time */
export const within = async <T>(what: string, promise: Promise<T>, withinMs: number): Promise<T> => {
  const deadline = new AbortController()
  const late = wait(withinMs, undefined, { signal: deadline.signal }).then(() => {
    throw new Error(`${what} did not happen within ${withinMs / 1_000} s`)
  })
  late.catch(() => {})
  try {
    return await Promise.race([promise, late])
  } finally {
    deadline.abort()
  }
}
