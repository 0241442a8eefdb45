/** Notices that a chain of values goes in a circle, by keeping one of them (R. Brent, "An improved Monte Carlo factorization algorithm"). */

/** @returns whether the value was met before; a circle is noticed within twice its length and its way in */
export const createLoopGuard = (): ((value: string) => boolean) => {
  let kept: string | null = null
  let [steps, limit] = [0, 1]
  return (value) => {
    if (value === kept) return true
    steps += 1
    if (steps === limit) {
      kept = value
      steps = 0
      limit *= 2
    }
    return false
  }
}
