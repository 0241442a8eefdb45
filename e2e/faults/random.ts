/** Random numbers that a seed repeats (mulberry32, in the public domain). */

export type Random = {
  /** From 0 up to, not including, 1. */
  (): number
  pick<T>(from: readonly T[]): T
  between(low: number, high: number): number
}

/** @param seed 32 bits */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return Object.assign(next, {
    pick: <T>(from: readonly T[]): T => {
      const picked = from[Math.floor(next() * from.length)]
      if (picked === undefined) throw new Error('There is nothing to pick from.')
      return picked
    },
    between: (low: number, high: number): number => low + next() * (high - low),
  })
}
