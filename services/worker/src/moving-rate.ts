/** How fast rows come at this moment: a moving average of readings, which a source that falls silent sets to nothing. */

/** Weight of the newest reading. */
const smoothing = 0.2
/** Readings that follow sooner say more of the clock than of the source. */
const shortestMs = 50

export type MovingRate = {
  /**
   * @param read rows so far
   * @param now in milliseconds, of a clock that never goes back
   * @returns rows per second; null before there is anything to tell
   */
  reading(read: number, now: number): number | null
  /** The source is silent: what it did before says nothing of when it will be done. */
  silent(now: number): void
  flows(): boolean
}

export const createMovingRate = (begunAt: number): MovingRate => {
  let last = { at: begunAt, read: 0 }
  let rate: number | null = null
  return {
    reading: (read, now) => {
      const ms = now - last.at
      if (ms < shortestMs) return rate
      const newest = (Math.max(0, read - last.read) * 1_000) / ms
      rate = rate ? rate * (1 - smoothing) + newest * smoothing : newest
      last = { at: now, read }
      return rate
    },
    silent: (now) => {
      rate = 0
      last = { ...last, at: now }
    },
    flows: () => rate !== null && rate > 0,
  }
}
