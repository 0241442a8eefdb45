/** When a notification that was not taken is tried again. */

const [second, minute, hour] = [1_000, 60_000, 3_600_000]

/** Long enough to outlast a night in which nobody looks at the receiver. */
const waitsMs = [10 * second, minute, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour]

/** Attempts at one notification, the first included. */
export const mostAttempts = waitsMs.length + 1

/**
 * @param attempt the one that failed, from 1
 * @param random in [0, 1): spreads those that failed together over a tenth of the wait
 * @param retryAfterMs what the receiver asked for; heeded up to the longest wait
 * @returns null when it is given up
 */
export const nextAttemptInMs = (attempt: number, random: number, retryAfterMs = 0): number | null => {
  const wait = waitsMs[attempt - 1]
  if (wait === undefined) return null
  return Math.max(Math.round(wait * (1 + random / 10)), Math.min(retryAfterMs, waitsMs.at(-1) ?? 0))
}
