/** When a run will have read everything, and what that guess rests on. */

import * as t from '@/texts/run.tsx'

type Counts = { read: number; expected: number | null }

export type Eta = { remainingMs: number; basis: string }

/** null where the source does not tell how much there is, nothing flows, or everything is read. */
export const etaOf = ({ read, expected }: Counts, rowsPerSecond: number | null): Eta | null => {
  if (expected === null || !rowsPerSecond || expected <= read) return null
  const left = expected - read
  return { remainingMs: (left / rowsPerSecond) * 1000, basis: t.timeLeftBasis(left) }
}
