/**
 * Answers and events can overtake each other. A run's `revision` grows with every change, so a result that carries
 * an older revision of a run than one already seen is given the newer values before it reaches the cache.
 */

import { mapExchange } from '@urql/core'

type Fields = Record<string, unknown>
/** By a run's number and for each of its fields: the value and the revision it came with. Selections differ, so fields age apart. */
export type SeenRuns = Map<number, Map<string, { revision: number; value: unknown }>>

/** What tells of a run: what a list draws of it says the same in fewer fields. */
const runTypes: readonly unknown[] = ['JobRun', 'RecentRun']

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Returns `value` with whatever is newer about the runs in it, and remembers what it brings itself. */
export const withNewestRuns = (value: unknown, seen: SeenRuns): unknown => {
  if (Array.isArray(value)) return value.map((item) => withNewestRuns(item, seen))
  if (!isFields(value)) return value
  const fields: Fields = {}
  for (const [name, inner] of Object.entries(value)) fields[name] = withNewestRuns(inner, seen)
  const { __typename: type, number, revision } = fields
  if (!runTypes.includes(type) || typeof number !== 'number' || typeof revision !== 'number') return fields
  const newest = seen.get(number) ?? new Map()
  seen.set(number, newest)
  for (const [name, own] of Object.entries(fields)) {
    if (name === '__typename') continue
    const known = newest.get(name)
    if (known !== undefined && known.revision > revision) fields[name] = overlay(own, known.value)
    else newest.set(name, { revision, value: own })
  }
  return fields
}

/** An embedded object may have been selected with other fields then: those it lacks stay. */
const overlay = (older: unknown, newer: unknown): unknown => (isFields(older) && isFields(newer) ? { ...older, ...newer } : newer)

export const newestRevision = () => {
  const seen: SeenRuns = new Map()
  return mapExchange({ onResult: (result) => (result.data ? { ...result, data: withNewestRuns(result.data, seen) } : result) })
}
