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

export const round = (value: number, digits: number): number => Number(value.toFixed(digits))
