/** How many rows a run had read when, thinned: as small at the end of a week as after a minute. */

/** Column by column, as it is stored. */
export type RateSeries = {
  /** Readings lie at least so far apart. */
  everyMs: number
  /** Since the run's start. */
  elapsedMs: readonly number[]
  /** Rows read by then; counts begin again at 0 with each attempt. */
  read: readonly number[]
}

export const mostReadings = 240

export const noReadings: RateSeries = { everyMs: 250, elapsedMs: [], read: [] }

/**
 * When the series is full, every other reading goes and the next come half as often, so that a chart of it has the same
 * resolution over its whole length.
 *
 * @returns the series itself where the reading comes too soon
 */
export const withReading = (series: RateSeries, elapsedMs: number, read: number): RateSeries => {
  const last = series.elapsedMs.at(-1)
  if (last !== undefined && elapsedMs < last + series.everyMs) return series
  const all = { ...series, elapsedMs: [...series.elapsedMs, elapsedMs], read: [...series.read, read] }
  return all.read.length <= mostReadings ? all : halved(all)
}

/** The newest reading stays. */
const halved = ({ everyMs, elapsedMs, read }: RateSeries): RateSeries => {
  const stays = (_value: number, index: number) => (read.length - index) % 2 === 1
  return { everyMs: everyMs * 2, elapsedMs: elapsedMs.filter(stays), read: read.filter(stays) }
}
