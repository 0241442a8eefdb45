/** How long a run waits before its next attempt. */

const firstWaitMs = 5_000
const longestWaitMs = 5 * 60_000

/**
 * Exponential with jitter: attempt 1 is followed by 2.5–5 s, then 5–10 s, 10–20 s … up to five minutes.
 * The jitter keeps runs that failed together from coming back together.
 *
 * @param attempt the attempt that just failed, from 1
 * @param random a number in [0, 1)
 * @param retryAfterMs what the source asked for; never undercut
 */
export const backoffMs = (attempt: number, random: number, retryAfterMs = 0): number => {
  const ceiling = Math.min(firstWaitMs * 2 ** (attempt - 1), longestWaitMs)
  return Math.max(Math.round(ceiling / 2 + (ceiling / 2) * random), retryAfterMs)
}
