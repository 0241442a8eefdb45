/** How fast a run's rows came, from readings of how many it had: the stretches of a chart and of its table. */

export type RatePoint = { at: string; read: number }

type Attempt = { number: number; startedAt: string; finishedAt: string | null; counts: { read: number } }

/** A part of an attempt over which the rate is one number; moments in milliseconds since 1970. */
export type Stretch = {
  attempt: number
  from: number
  to: number
  rowsPerSecond: number
  /** Rows of the attempt at its end. */
  read: number
}

type Reading = { at: number; read: number }

/** So long without a word from a run that goes on means that no row came. */
const silenceMs = 1_500

/** As many as a chart can show side by side. */
const mostStretches = 120

/** @param now in milliseconds since 1970, for the attempt that goes on */
export const stretchesOf = (attempts: readonly Attempt[], points: readonly RatePoint[], now: number): Stretch[] => {
  const readings = points.map(({ at, read }): Reading => ({ at: Date.parse(at), read }))
  const all = attempts.flatMap((attempt, index) => {
    const earlierRead = attempts.slice(0, index).some(({ counts }) => counts.read > 0)
    return between(attempt.number, readingsOf(attempt, readings, now), earlierRead)
  })
  const [first, last] = [all[0], all.at(-1)]
  return first && last ? joined(all, (last.to - first.from) / mostStretches) : []
}

/** An attempt begins without a row, and ends with what it had. */
const readingsOf = ({ startedAt, finishedAt, counts }: Attempt, readings: readonly Reading[], now: number): Reading[] => {
  const start = Date.parse(startedAt)
  const end = finishedAt === null ? Number.POSITIVE_INFINITY : Date.parse(finishedAt)
  const own = readings.filter(({ at }) => at > start && at < end)
  const known = [{ at: start, read: 0 }, ...own]
  if (finishedAt !== null) return [...known, { at: end, read: counts.read }]
  const last = known.at(-1)
  return last && now - last.at > silenceMs ? [...known, { at: now, read: last.read }] : known
}

/**
 * A new attempt is credited at once with what is committed already: where there can be such rows, the rate is known from the
 * second reading on.
 */
const between = (attempt: number, readings: readonly Reading[], earlierRead: boolean): Stretch[] => {
  const credited = earlierRead ? readings.findIndex(({ read }) => read > 0) : -1
  return readings.flatMap(({ at, read }, index) => {
    const before = readings[index - 1]
    if (before === undefined || at <= before.at) return []
    const rows = index === credited ? 0 : Math.max(read - before.read, 0)
    return [{ attempt, from: before.at, to: at, rowsPerSecond: (rows * 1_000) / (at - before.at), read }]
  })
}

/** Neighbours become one until each is as long as what can be seen of it. */
const joined = (stretches: readonly Stretch[], shortestMs: number): Stretch[] => {
  const result: Stretch[] = []
  for (const next of stretches) {
    const last = result.at(-1)
    if (last === undefined || last.attempt !== next.attempt || last.to - last.from >= shortestMs) result.push(next)
    else result[result.length - 1] = join(last, next)
  }
  return result
}

const rowsOf = ({ from, to, rowsPerSecond }: Stretch): number => (rowsPerSecond * (to - from)) / 1_000

const join = (a: Stretch, b: Stretch): Stretch => ({
  ...b,
  from: a.from,
  rowsPerSecond: ((rowsOf(a) + rowsOf(b)) * 1_000) / (b.to - a.from),
})

/** The most, and the average while an attempt was at work. */
export const summaryOf = (stretches: readonly Stretch[]): { peak: number; average: number } => {
  const ms = stretches.reduce((sum, { from, to }) => sum + to - from, 0)
  const rows = stretches.reduce((sum, stretch) => sum + rowsOf(stretch), 0)
  return { peak: Math.max(0, ...stretches.map(({ rowsPerSecond }) => rowsPerSecond)), average: ms > 0 ? (rows * 1_000) / ms : 0 }
}

const mostLive = 480

/** Of a page that stays open for days every other point goes now and then. */
export const withPoint = (points: readonly RatePoint[], point: RatePoint): readonly RatePoint[] => {
  const last = points.at(-1)
  if (last !== undefined && Date.parse(point.at) <= Date.parse(last.at)) return points
  return [...(points.length < mostLive ? points : points.filter((_, index) => index % 2 === 0)), point]
}

/** Those that are stored, then those that were seen here since. */
export const allPoints = (stored: readonly RatePoint[], seen: readonly RatePoint[]): RatePoint[] => {
  const last = stored.at(-1)
  return last === undefined ? [...seen] : [...stored, ...seen.filter(({ at }) => Date.parse(at) > Date.parse(last.at))]
}
