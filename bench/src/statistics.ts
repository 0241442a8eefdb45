/** Figures of repeated measurements. */

/** @throws when there is nothing to take the middle of */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const high = sorted[Math.floor(middle)]
  const low = sorted[Math.ceil(middle) - 1]
  if (high === undefined || low === undefined) throw new Error('No values.')
  return (low + high) / 2
}

/** @param share of the values that are not above it, in percent */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)]
  if (value === undefined) throw new Error('No values.')
  return value
}

export const round = (value: number, digits: number): number => Number(value.toFixed(digits))
